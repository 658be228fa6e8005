# A card in a stranger's hand.
card-ask-title = Do you have somebody's card?
card-ask-lead = Type the code on it to see what they want you to know.
card-code = The code on the card
card-code-hint = Sixteen letters and digits. Spaces do not matter.
card-open = Open the card
card-error-code = No card has this code, or it was switched off. Check each letter and try again.
card-title = { $name } asks for your help
card-lead = { $name } wrote this for a hard moment. Thank you for staying. Speak calmly and stay near if you can.
card-more = If you need more help
card-more-text = Call or text 988 and say what you see. Call 911 when somebody is hurt or about to be.
card-told = { $name } is told each time this card is opened.
