-- For every code the records it stands in, each once however often it is named there.
with seats as (
    select distinct p.code, r.id, r.document, r.kind, p.side
    from participants p join records r on r.id = p.record and r.document = p.document
    where p.code is not null
)
select
    code,
    count(distinct (document, id)) as records,
    count(distinct (document, id)) filter (side = 'actor') as as_actor,
    count(distinct (document, id)) filter (side = 'recipient') as as_recipient,
    count(distinct (document, id)) filter (kind = 'event') as events,
    count(distinct (document, id)) filter (kind = 'tie') as ties,
    count(distinct (document, id)) filter (kind = 'commitment') as commitments,
    count(distinct (document, id)) filter (kind = 'position') as positions,
    count(distinct (document, id)) filter (kind = 'vote') as votes
from seats
group by code
order by records desc, code
