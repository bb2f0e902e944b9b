-- One row for each actor and each recipient of each record: what one joins, groups and counts by.
create view participants as
select id as record, document, 'actor' as side, p.code, p.sector, p.entity, p.text, p.kind, p.reason
from (select id, document, unnest(actor) as p from records)
union all
select id, document, 'recipient', p.code, p.sector, p.entity, p.text, p.kind, p.reason
from (select id, document, unnest(recipient) as p from records)
