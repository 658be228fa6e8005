INSERT INTO worker_due (programme, account, due_on)
    SELECT DISTINCT m.programme, m.account, '0001-01-01' FROM membership m
     WHERE m.programme IS NOT NULL AND m.person IS NULL AND m.ended IS NULL
       AND NOT EXISTS (SELECT 1 FROM worker_due d WHERE d.programme = m.programme AND d.account = m.account);
ALTER TABLE supervision_meeting ADD COLUMN looked_back {bool} NOT NULL DEFAULT FALSE;
