SELECT pg_catalog.set_config('search_path', '', false);
CREATE FUNCTION public.events_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'events are only ever appended'; END $$;
CREATE TABLE public.details (
    engagement character varying(64) NOT NULL,
    key character varying(80) NOT NULL,
    holder character varying(64) NOT NULL,
    text text NOT NULL
);
CREATE TABLE public.events (
    engagement character varying(64) NOT NULL,
    seq integer NOT NULL,
    id character varying(64) NOT NULL,
    actor character varying(64) NOT NULL,
    kind character varying(16) NOT NULL,
    topic character varying(32) NOT NULL,
    subject text NOT NULL,
    value text NOT NULL,
    schema integer NOT NULL,
    "time" character varying(40) NOT NULL,
    step character varying(64) NOT NULL,
    supersedes text NOT NULL,
    target character varying(64),
    restores character varying(64)
);
CREATE TABLE public.identities (
    engagement character varying(64) NOT NULL,
    key character varying(64) NOT NULL,
    name text NOT NULL
);
CREATE TABLE public.settings (
    name character varying(64) NOT NULL,
    value text NOT NULL
);
INSERT INTO public.details VALUES ('worked', '952f8a89537a58d1bae0e8c01e898194-0', 'xa00d362f5afd524b', 'Ana');
INSERT INTO public.details VALUES ('worked', 'd3cec2fc899b5e9086fbde7f3f372848-0', 'x325dc68b7417b7a7', 'Eve');
INSERT INTO public.details VALUES ('worked', '9832add0df445201b999279c4fb9108f-0', 'x08596aa0298419cd', 'Cy');
INSERT INTO public.details VALUES ('worked', '225a6c5edb725e21abc396b3e291ba94-0', 'x4c5735db2ee60aed', 'Bo');
INSERT INTO public.details VALUES ('worked', '08dfd62dbe515bc8a1e2606dd32bb20b-0', 'xe5698f77e7db8260', 'Dee');
INSERT INTO public.details VALUES ('worked', '497b470c2e204d66a260e4effe8b976d-0', 'x3336dd63770760e4', 'Zoé Petit');
INSERT INTO public.details VALUES ('worked', '497b470c2e204d66a260e4effe8b976d-1', 'x3336dd63770760e4', 'zoe@acme.example');
INSERT INTO public.details VALUES ('worked', '4f1e742092a94c73ae3ea81c51652285-0', 'xf140fbd72c61a9ee', 'é ’ 漢');
INSERT INTO public.events VALUES ('worked', 1, '60c513d425e75172bf17dd4e779448a3', 'xf140fbd72c61a9ee', 'created', 'framework', '["framework"]', '{"key":"small","version":"1.0"}', 2, '2026-11-23T09:00:00.000000+00:00', '44924f60f5605ddea66842251c6f3f13', '[]', NULL, NULL);
INSERT INTO public.events VALUES ('worked', 2, 'ef77c72c66d15a48b0f64dba4e8dafba', 'xf140fbd72c61a9ee', 'created', 'organisation', '["organisation"]', '{"name":"Worked","profile":"large","business_models":["b2c"]}', 2, '2026-11-23T09:00:00.000000+00:00', '44924f60f5605ddea66842251c6f3f13', '[]', NULL, NULL);
INSERT INTO public.events VALUES ('worked', 3, 'c4a02e4896675075b396cda4de5ecc34', 'xf140fbd72c61a9ee', 'created', 'programme', '["programme"]', '{"start":"2026-09-01","go_live":"2027-06-01"}', 2, '2026-11-23T09:00:00.000000+00:00', '44924f60f5605ddea66842251c6f3f13', '[]', NULL, NULL);
INSERT INTO public.events VALUES ('worked', 4, '952f8a89537a58d1bae0e8c01e898194', 'xf140fbd72c61a9ee', 'created', 'person', '["person",{"@":"xa00d362f5afd524b"}]', '{"name":{"~":"952f8a89537a58d1bae0e8c01e898194-0"},"title_key":"tx"}', 2, '2026-11-23T09:00:00.000000+00:00', '44924f60f5605ddea66842251c6f3f13', '[]', NULL, NULL);
INSERT INTO public.events VALUES ('worked', 5, 'd3cec2fc899b5e9086fbde7f3f372848', 'xf140fbd72c61a9ee', 'created', 'person', '["person",{"@":"x325dc68b7417b7a7"}]', '{"name":{"~":"d3cec2fc899b5e9086fbde7f3f372848-0"},"title_key":"other"}', 2, '2026-11-23T09:00:00.000000+00:00', '44924f60f5605ddea66842251c6f3f13', '[]', NULL, NULL);
INSERT INTO public.events VALUES ('worked', 6, '9832add0df445201b999279c4fb9108f', 'xf140fbd72c61a9ee', 'created', 'person', '["person",{"@":"x08596aa0298419cd"}]', '{"name":{"~":"9832add0df445201b999279c4fb9108f-0"},"title_key":"tt","inside":false}', 2, '2026-11-23T09:00:00.000000+00:00', '44924f60f5605ddea66842251c6f3f13', '[]', NULL, NULL);
INSERT INTO public.events VALUES ('worked', 7, '225a6c5edb725e21abc396b3e291ba94', 'xf140fbd72c61a9ee', 'created', 'person', '["person",{"@":"x4c5735db2ee60aed"}]', '{"name":{"~":"225a6c5edb725e21abc396b3e291ba94-0"}}', 2, '2026-11-23T09:00:00.000000+00:00', '44924f60f5605ddea66842251c6f3f13', '[]', NULL, NULL);
INSERT INTO public.events VALUES ('worked', 8, '08dfd62dbe515bc8a1e2606dd32bb20b', 'xf140fbd72c61a9ee', 'created', 'person', '["person",{"@":"xe5698f77e7db8260"}]', '{"name":{"~":"08dfd62dbe515bc8a1e2606dd32bb20b-0"},"title_key":"tt"}', 2, '2026-11-23T09:00:00.000000+00:00', '44924f60f5605ddea66842251c6f3f13', '[]', NULL, NULL);
INSERT INTO public.events VALUES ('worked', 9, '9d8d02730a415a9cabbbd99f37ce3d7e', 'xf140fbd72c61a9ee', 'created', 'respondent', '["respondent",{"@":"xaab434d0d305a81d"}]', '{}', 2, '2026-11-23T09:00:00.000000+00:00', '44924f60f5605ddea66842251c6f3f13', '[]', NULL, NULL);
INSERT INTO public.events VALUES ('worked', 10, 'cc010db6f3a0519e9c8277c28b568117', 'xf140fbd72c61a9ee', 'created', 'respondent', '["respondent",{"@":"x64dbf56c11a695e5"}]', '{}', 2, '2026-11-23T09:00:00.000000+00:00', '44924f60f5605ddea66842251c6f3f13', '[]', NULL, NULL);
INSERT INTO public.events VALUES ('worked', 11, '0d875cbff1395d70a39f63882e663b2e', 'xf140fbd72c61a9ee', 'created', 'respondent', '["respondent",{"@":"x700cb16f3c4792bf"}]', '{}', 2, '2026-11-23T09:00:00.000000+00:00', '44924f60f5605ddea66842251c6f3f13', '[]', NULL, NULL);
INSERT INTO public.events VALUES ('worked', 12, '7bf3eafa95d55c93a8cc624f68b20199', 'xf140fbd72c61a9ee', 'created', 'nomination', '["nomination",{"@":"xaab434d0d305a81d"},"f2"]', '[{"party":{"@":"x325dc68b7417b7a7"},"deputy":{"@":"xe5698f77e7db8260"}}]', 2, '2026-11-23T09:00:00.000000+00:00', '44924f60f5605ddea66842251c6f3f13', '[]', NULL, NULL);
INSERT INTO public.events VALUES ('worked', 13, '27a84b342301528f977968c38802bf51', 'xf140fbd72c61a9ee', 'created', 'nomination', '["nomination",{"@":"x64dbf56c11a695e5"},"f2"]', '[{"party":{"@":"x325dc68b7417b7a7"},"deputy":"none"}]', 2, '2026-11-23T09:00:00.000000+00:00', '44924f60f5605ddea66842251c6f3f13', '[]', NULL, NULL);
INSERT INTO public.events VALUES ('worked', 14, '49a78e3c58dc5a03b5b05ba85edb9259', 'xf140fbd72c61a9ee', 'created', 'nomination', '["nomination",{"@":"x700cb16f3c4792bf"},"f2"]', '[{"state":"unknown"}]', 2, '2026-11-23T09:00:00.000000+00:00', '44924f60f5605ddea66842251c6f3f13', '[]', NULL, NULL);
INSERT INTO public.events VALUES ('worked', 15, '28f05ba5121e5220b4dffae73516432c', 'xf140fbd72c61a9ee', 'created', 'nomination', '["nomination",{"@":"xaab434d0d305a81d"},"f3"]', '[{"party":{"@":"x08596aa0298419cd"},"deputy":{"@":"x4c5735db2ee60aed"}}]', 2, '2026-11-23T09:00:00.000000+00:00', '44924f60f5605ddea66842251c6f3f13', '[]', NULL, NULL);
INSERT INTO public.events VALUES ('worked', 16, '54d0c43106eb5ad5ba554da6a83bf14f', 'xf140fbd72c61a9ee', 'created', 'nomination', '["nomination",{"@":"x64dbf56c11a695e5"},"f3"]', '[{"party":"nobody"}]', 2, '2026-11-23T09:00:00.000000+00:00', '44924f60f5605ddea66842251c6f3f13', '[]', NULL, NULL);
INSERT INTO public.events VALUES ('worked', 17, '7b2a78a8a43c5361a85b32e13a45f183', 'xf140fbd72c61a9ee', 'created', 'nomination', '["nomination",{"@":"x700cb16f3c4792bf"},"f3"]', '[{"party":{"@":"x4c5735db2ee60aed"},"deputy":"none"}]', 2, '2026-11-23T09:00:00.000000+00:00', '44924f60f5605ddea66842251c6f3f13', '[]', NULL, NULL);
INSERT INTO public.events VALUES ('worked', 18, '5f196d19b62e584fb24051669e88699e', 'xf140fbd72c61a9ee', 'created', 'answer', '["answer","q1","",""]', '{"value":"half"}', 2, '2026-11-23T09:00:00.000000+00:00', '44924f60f5605ddea66842251c6f3f13', '[]', NULL, NULL);
INSERT INTO public.events VALUES ('worked', 19, 'e9fc2265b18954a29fda77bb0dc38ed1', 'xf140fbd72c61a9ee', 'created', 'decision', '["decision","f1"]', '{"owner":{"@":"xa00d362f5afd524b"},"deputy":"none"}', 2, '2026-11-23T09:00:00.000000+00:00', '44924f60f5605ddea66842251c6f3f13', '[]', NULL, NULL);
INSERT INTO public.events VALUES ('worked', 20, '497b470c2e204d66a260e4effe8b976d', 'xf140fbd72c61a9ee', 'set', 'person', '["person",{"@":"x3336dd63770760e4"}]', '{"name":{"~":"497b470c2e204d66a260e4effe8b976d-0"},"email":{"~":"497b470c2e204d66a260e4effe8b976d-1"}}', 2, '2026-11-23T09:01:00.000000+00:00', '2faeda2e12234f5ba5daa9878679b697', '[]', NULL, NULL);
INSERT INTO public.events VALUES ('worked', 21, '4f1e742092a94c73ae3ea81c51652285', 'xf140fbd72c61a9ee', 'set', 'decision', '["decision","f2"]', '{"owner":{"@":"x3336dd63770760e4"},"note":{"~":"4f1e742092a94c73ae3ea81c51652285-0"}}', 2, '2026-11-23T09:03:00.000000+00:00', '5ca002cd33454fabaec8db80c09903e5', '[]', NULL, NULL);
INSERT INTO public.events VALUES ('worked', 22, 'e6452900f52d41d0ad4d336c2f83d691', 'xf140fbd72c61a9ee', 'baseline', 'baseline', '["baseline","Kick-off"]', 'null', 2, '2026-11-23T09:05:00.000000+00:00', '300c7c3ef3484c359dc95f6c87425546', '[]', NULL, NULL);
INSERT INTO public.identities VALUES ('worked', 'xf140fbd72c61a9ee', 'Marie');
INSERT INTO public.identities VALUES ('worked', 'xa00d362f5afd524b', 'ana');
INSERT INTO public.identities VALUES ('worked', 'x4c5735db2ee60aed', 'bo');
INSERT INTO public.identities VALUES ('worked', 'x08596aa0298419cd', 'cy');
INSERT INTO public.identities VALUES ('worked', 'xe5698f77e7db8260', 'dee');
INSERT INTO public.identities VALUES ('worked', 'x325dc68b7417b7a7', 'eve');
INSERT INTO public.identities VALUES ('worked', 'xaab434d0d305a81d', 'r1');
INSERT INTO public.identities VALUES ('worked', 'x64dbf56c11a695e5', 'r2');
INSERT INTO public.identities VALUES ('worked', 'x700cb16f3c4792bf', 'r3');
INSERT INTO public.identities VALUES ('worked', 'x3336dd63770760e4', 'zoe');
INSERT INTO public.settings VALUES ('tables', '1');
INSERT INTO public.settings VALUES ('opened', 'worked');
ALTER TABLE ONLY public.details
    ADD CONSTRAINT details_pkey PRIMARY KEY (engagement, key);
ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_id_key UNIQUE (id);
ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (engagement, seq);
ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_engagement_name_key UNIQUE (engagement, name);
ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_pkey PRIMARY KEY (engagement, key);
ALTER TABLE ONLY public.settings
    ADD CONSTRAINT settings_pkey PRIMARY KEY (name);
CREATE INDEX describing_events ON public.events USING btree (engagement, topic, seq) WHERE ((topic)::text = ANY ((ARRAY['organisation'::character varying, 'framework'::character varying, 'language'::character varying])::text[]));
CREATE TRIGGER events_refuse BEFORE DELETE OR UPDATE OR TRUNCATE ON public.events FOR EACH STATEMENT EXECUTE FUNCTION public.events_refuse();
