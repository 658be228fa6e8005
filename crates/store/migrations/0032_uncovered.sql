-- Who walks with people and is supervised by nobody, or supervises and has no deputy: kept beside each role, so that the office's day
-- finds them without going through everybody who works there.
ALTER TABLE membership ADD COLUMN uncovered {bool} NOT NULL DEFAULT FALSE;
UPDATE membership SET uncovered = TRUE
    WHERE ended IS NULL AND programme IS NOT NULL
    AND (role = 'supervisor' OR (role IN ('peer_specialist', 'parent_peer_specialist', 'trainee')
        AND NOT EXISTS (SELECT 1 FROM supervision s WHERE s.programme = membership.programme AND s.peer = membership.account
            AND s.ended IS NULL)))
    AND NOT EXISTS (SELECT 1 FROM deputy d WHERE d.programme = membership.programme AND d.supervisor = membership.account
        AND d.ended IS NULL);
CREATE INDEX membership_uncovered ON membership (programme) WHERE uncovered AND ended IS NULL;
