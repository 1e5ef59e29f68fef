SELECT pg_catalog.set_config('search_path', '', false);
CREATE FUNCTION public.events_move_end() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO chains (engagement, seq, head)
VALUES (NEW.engagement, NEW.seq, NEW.head)
ON CONFLICT (engagement) DO UPDATE SET seq = excluded.seq, head = excluded.head; RETURN NULL; END $$;
CREATE FUNCTION public.events_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'events are only ever appended'; END $$;
CREATE TABLE public.chains (
    engagement character varying(64) NOT NULL,
    seq integer NOT NULL,
    head character varying(64) NOT NULL
);
CREATE TABLE public.details (
    engagement character varying(64) NOT NULL,
    key character varying(80) NOT NULL,
    holder character varying(64) NOT NULL,
    text text NOT NULL,
    salt character varying(32) NOT NULL
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
    restores character varying(64),
    seals text NOT NULL,
    head character varying(64) NOT NULL
);
CREATE TABLE public.identities (
    engagement character varying(64) NOT NULL,
    key character varying(64) NOT NULL,
    name text NOT NULL,
    salt character varying(32) NOT NULL
);
CREATE TABLE public.settings (
    name character varying(64) NOT NULL,
    value text NOT NULL
);
INSERT INTO public.chains VALUES ('worked', 24, '7717244b9120079b2e74715db95304cbe775f8c5c640764038820f09cac10631');
INSERT INTO public.details VALUES ('worked', 'f6cbf79e62c15c5492c63f88c8cf6ff1-0', 'x4db2b2e6914b253c', 'Ana', '3f6bba1efa54daf5750eede79eca535c');
INSERT INTO public.details VALUES ('worked', '8bca24b44ce55d649dfacd6c0f28c02a-0', 'xe228b126cba05b3d', 'Eve', '49f21fd52c6bd9d2398f52c23249ae90');
INSERT INTO public.details VALUES ('worked', 'ffc87af8b5f65adaa7f72f9d00172fac-0', 'x8fae7a06a17e1ffc', 'Cy', 'a2e9cbc8fd0b1799f4de0ae0d733bc93');
INSERT INTO public.details VALUES ('worked', 'd2e7ea7d70cb55029486dadb7e5c60c5-0', 'x8db27c9b994fcfa8', 'Bo', '723b55a6f37217fbd42accaee912d103');
INSERT INTO public.details VALUES ('worked', '4c2ae408619754abae134d0ecc4ca825-0', 'x6979077ea4b66da2', 'Dee', '976ac9343b51e6afc4b4a3d5966155f5');
INSERT INTO public.details VALUES ('worked', '39768adc579b429f8f1bd3cd5277023b-0', 'x0bfe7306b8abb6aa', 'Zoé Petit', 'd1b1c203e9dee830ada2ba6b85c291aa');
INSERT INTO public.details VALUES ('worked', '39768adc579b429f8f1bd3cd5277023b-1', 'x0bfe7306b8abb6aa', 'zoe@acme.example', '68bfef22c45675aa9416858e9184b4d7');
INSERT INTO public.details VALUES ('worked', '34ad886fa7c74487ac8ae624e0d97136-0', 'x6e7d36ea04a46d6d', 'é ’ 漢', '868880971955593779df8b6ac1e158b8');
INSERT INTO public.events VALUES ('worked', 1, '01e218004fc6587a8304838703325d3e', 'x6e7d36ea04a46d6d', 'created', 'framework', '["framework"]', '{"key":"small","version":"1.0"}', 2, '2026-11-23T09:00:00.000000+00:00', '05221691a24b5fe6849bdfd1e839391f', '[]', NULL, NULL, '{"x6e7d36ea04a46d6d":"8ddcd4ae7c6376914e022c270fa1dbdb"}', 'cb3fc4fc6670cb140d69c17c6859add91dc8aafbda0b9bfaf6665a7728a5843c');
INSERT INTO public.events VALUES ('worked', 2, 'e44a37cbb3ed5ff085f8a1fbaf2f5f36', 'x6e7d36ea04a46d6d', 'created', 'organisation', '["organisation"]', '{"name":"Worked","profile":"large","business_models":["b2c"]}', 2, '2026-11-23T09:00:00.000000+00:00', '05221691a24b5fe6849bdfd1e839391f', '[]', NULL, NULL, '{}', '561ac44cadae1460b8e88791d5f9b03bbe4a7bab281a6b8a40bed5dfc13697f1');
INSERT INTO public.events VALUES ('worked', 3, 'ef77897f72da527ca173a4d79fd7459b', 'x6e7d36ea04a46d6d', 'created', 'programme', '["programme"]', '{"start":"2026-09-01","go_live":"2027-06-01"}', 2, '2026-11-23T09:00:00.000000+00:00', '05221691a24b5fe6849bdfd1e839391f', '[]', NULL, NULL, '{}', 'f8cb8dba746027c1779f050e7f6fcdd5f5d91da0acad98ef4364fedfde6094b4');
INSERT INTO public.events VALUES ('worked', 4, 'f6cbf79e62c15c5492c63f88c8cf6ff1', 'x6e7d36ea04a46d6d', 'created', 'person', '["person",{"@":"x4db2b2e6914b253c"}]', '{"name":{"~":"f6cbf79e62c15c5492c63f88c8cf6ff1-0"},"title_key":"tx"}', 2, '2026-11-23T09:00:00.000000+00:00', '05221691a24b5fe6849bdfd1e839391f', '[]', NULL, NULL, '{"x4db2b2e6914b253c":"25fd742cf0b2d0f4003f2f798793d22c","f6cbf79e62c15c5492c63f88c8cf6ff1-0":"d28899c850046ce44a0ed524ec8d4678"}', 'f8f644e677440f365ebe6b5e1366edb757e5d24a8ef65d9dc382ac7d36b663dc');
INSERT INTO public.events VALUES ('worked', 5, '8bca24b44ce55d649dfacd6c0f28c02a', 'x6e7d36ea04a46d6d', 'created', 'person', '["person",{"@":"xe228b126cba05b3d"}]', '{"name":{"~":"8bca24b44ce55d649dfacd6c0f28c02a-0"},"title_key":"other"}', 2, '2026-11-23T09:00:00.000000+00:00', '05221691a24b5fe6849bdfd1e839391f', '[]', NULL, NULL, '{"xe228b126cba05b3d":"6fd480eca30e2bc5855cc4d40fca5ff8","8bca24b44ce55d649dfacd6c0f28c02a-0":"1fcc3a8ccd2236577e42987119f641b7"}', 'd1b28eb74a61a705710f318312ae6df1a9301e24ff9bdf89d2b5eb9d7aa209bf');
INSERT INTO public.events VALUES ('worked', 6, 'ffc87af8b5f65adaa7f72f9d00172fac', 'x6e7d36ea04a46d6d', 'created', 'person', '["person",{"@":"x8fae7a06a17e1ffc"}]', '{"name":{"~":"ffc87af8b5f65adaa7f72f9d00172fac-0"},"title_key":"tt","inside":false}', 2, '2026-11-23T09:00:00.000000+00:00', '05221691a24b5fe6849bdfd1e839391f', '[]', NULL, NULL, '{"x8fae7a06a17e1ffc":"451b69902d580cba7d93190e8bb7a152","ffc87af8b5f65adaa7f72f9d00172fac-0":"e51ffa58f5594d6310e1d3dd9bc90acc"}', '6b0716a4e527039df9bb6170ccbca6d00f98122e9a6e4cfa704a329494a2a49d');
INSERT INTO public.events VALUES ('worked', 7, 'd2e7ea7d70cb55029486dadb7e5c60c5', 'x6e7d36ea04a46d6d', 'created', 'person', '["person",{"@":"x8db27c9b994fcfa8"}]', '{"name":{"~":"d2e7ea7d70cb55029486dadb7e5c60c5-0"}}', 2, '2026-11-23T09:00:00.000000+00:00', '05221691a24b5fe6849bdfd1e839391f', '[]', NULL, NULL, '{"x8db27c9b994fcfa8":"3bb6f8b177eaac2bd6dff7015b633f1d","d2e7ea7d70cb55029486dadb7e5c60c5-0":"45f54ea0fd0b09a48923368317e11eb0"}', 'dc93a78dc938a6e3a5a16420e2b05ff15868f0c91ba52c91c276e8d60531497a');
INSERT INTO public.events VALUES ('worked', 8, '4c2ae408619754abae134d0ecc4ca825', 'x6e7d36ea04a46d6d', 'created', 'person', '["person",{"@":"x6979077ea4b66da2"}]', '{"name":{"~":"4c2ae408619754abae134d0ecc4ca825-0"},"title_key":"tt"}', 2, '2026-11-23T09:00:00.000000+00:00', '05221691a24b5fe6849bdfd1e839391f', '[]', NULL, NULL, '{"x6979077ea4b66da2":"9e89c2480d86da38739b1276bc8ab469","4c2ae408619754abae134d0ecc4ca825-0":"4cccc542bfff9f187e0d63944176f07d"}', '20d3b0f520135169bd3b7dc4082edd1e754f353cf515125f0c2d7643459ca2a1');
INSERT INTO public.events VALUES ('worked', 9, '0130d9889db65a598c2b92e976f2b611', 'x6e7d36ea04a46d6d', 'created', 'respondent', '["respondent",{"@":"x5ff4ff1f61eff3e8"}]', '{}', 2, '2026-11-23T09:00:00.000000+00:00', '05221691a24b5fe6849bdfd1e839391f', '[]', NULL, NULL, '{"x5ff4ff1f61eff3e8":"d839ae736a497f2eac2382c890443737"}', '25e5f42edb8162219bc74b42b085a5942b40773ddfd4cd19c1c9f586684715a8');
INSERT INTO public.events VALUES ('worked', 10, 'be30f27181405ce381015d67b60c63dd', 'x6e7d36ea04a46d6d', 'created', 'respondent', '["respondent",{"@":"xcb7c538a905535b1"}]', '{}', 2, '2026-11-23T09:00:00.000000+00:00', '05221691a24b5fe6849bdfd1e839391f', '[]', NULL, NULL, '{"xcb7c538a905535b1":"b1bdd08458894daf43b59f57cf4e62e6"}', '7c5870acca4dcd7716f19d7a9aa35220e52430b9f63e3dcdcd335b2a15efb64c');
INSERT INTO public.events VALUES ('worked', 11, 'a69bc4af25d45e3e9548bb7621bf849e', 'x6e7d36ea04a46d6d', 'created', 'respondent', '["respondent",{"@":"x0aaaa0bdfbf1191c"}]', '{}', 2, '2026-11-23T09:00:00.000000+00:00', '05221691a24b5fe6849bdfd1e839391f', '[]', NULL, NULL, '{"x0aaaa0bdfbf1191c":"6be540ca2b915ccdf51da06786749dd1"}', '86e6d98a2db0cd4e2e9cfbc36fc1e530d9411ca9f5748df8df2faba7625d4994');
INSERT INTO public.events VALUES ('worked', 12, '05f931bc1c0e575abcc10f6c846b56b6', 'x6e7d36ea04a46d6d', 'created', 'nomination', '["nomination",{"@":"x5ff4ff1f61eff3e8"},"f2"]', '[{"party":{"@":"xe228b126cba05b3d"},"deputy":{"@":"x6979077ea4b66da2"}}]', 2, '2026-11-23T09:00:00.000000+00:00', '05221691a24b5fe6849bdfd1e839391f', '[]', NULL, NULL, '{}', 'bf891d463f55920f3cb062839dc0f7a0d7bf9bc303f55f436bf0dbc95a31f718');
INSERT INTO public.events VALUES ('worked', 13, 'c91f7d1575955d7782f1c60eb9ebc69c', 'x6e7d36ea04a46d6d', 'created', 'nomination', '["nomination",{"@":"xcb7c538a905535b1"},"f2"]', '[{"party":{"@":"xe228b126cba05b3d"},"deputy":"none"}]', 2, '2026-11-23T09:00:00.000000+00:00', '05221691a24b5fe6849bdfd1e839391f', '[]', NULL, NULL, '{}', 'cd972c0e63bdfabc9c8a2aed95ace1b598071f1577ba574c27c5c14603e4235e');
INSERT INTO public.events VALUES ('worked', 14, 'c2b7d4bd6b945e0a91f8077bcda8aee5', 'x6e7d36ea04a46d6d', 'created', 'nomination', '["nomination",{"@":"x0aaaa0bdfbf1191c"},"f2"]', '[{"state":"unknown"}]', 2, '2026-11-23T09:00:00.000000+00:00', '05221691a24b5fe6849bdfd1e839391f', '[]', NULL, NULL, '{}', 'c9342af3ff84df9c91694218c65612d361439ed4c3b8d5e82a75202defb62204');
INSERT INTO public.events VALUES ('worked', 15, '3a12a994b22d5614bd00b6339822ad41', 'x6e7d36ea04a46d6d', 'created', 'nomination', '["nomination",{"@":"x5ff4ff1f61eff3e8"},"f3"]', '[{"party":{"@":"x8fae7a06a17e1ffc"},"deputy":{"@":"x8db27c9b994fcfa8"}}]', 2, '2026-11-23T09:00:00.000000+00:00', '05221691a24b5fe6849bdfd1e839391f', '[]', NULL, NULL, '{}', '90970be4397c978938e5de883271b72c17bb784d4b64f078a576b493a7fe4920');
INSERT INTO public.events VALUES ('worked', 16, '7b0db0d3ab2f5f7f9a40cdb48be64e02', 'x6e7d36ea04a46d6d', 'created', 'nomination', '["nomination",{"@":"xcb7c538a905535b1"},"f3"]', '[{"party":"nobody"}]', 2, '2026-11-23T09:00:00.000000+00:00', '05221691a24b5fe6849bdfd1e839391f', '[]', NULL, NULL, '{}', '87688db1d426e8b4c200af5b232c612c10769e7a76b16f1d631fc03b7989dd60');
INSERT INTO public.events VALUES ('worked', 17, '873176dccbfb522eb3eb2267f1fc86ae', 'x6e7d36ea04a46d6d', 'created', 'nomination', '["nomination",{"@":"x0aaaa0bdfbf1191c"},"f3"]', '[{"party":{"@":"x8db27c9b994fcfa8"},"deputy":"none"}]', 2, '2026-11-23T09:00:00.000000+00:00', '05221691a24b5fe6849bdfd1e839391f', '[]', NULL, NULL, '{}', '2ee42f280bcb7ee7353e7445d91453a97c06d1845372f465dd6920451189e626');
INSERT INTO public.events VALUES ('worked', 18, '02882782f7e35d83ab6b66d15bd2f964', 'x6e7d36ea04a46d6d', 'created', 'answer', '["answer","q1","",""]', '{"value":"half"}', 2, '2026-11-23T09:00:00.000000+00:00', '05221691a24b5fe6849bdfd1e839391f', '[]', NULL, NULL, '{}', '23ab64b0a92b478cf06d342eab1685e93493ece2b98f9597d74b138f5c0eda8a');
INSERT INTO public.events VALUES ('worked', 19, '5d0ceb375d99565ba0eece761fde3867', 'x6e7d36ea04a46d6d', 'created', 'decision', '["decision","f1"]', '{"owner":{"@":"x4db2b2e6914b253c"},"deputy":"none"}', 2, '2026-11-23T09:00:00.000000+00:00', '05221691a24b5fe6849bdfd1e839391f', '[]', NULL, NULL, '{}', '687f063e2be3baee570f35d2111bdc49cf46536f4f0271f832783dd98bf15886');
INSERT INTO public.events VALUES ('worked', 20, '39768adc579b429f8f1bd3cd5277023b', 'x6e7d36ea04a46d6d', 'set', 'person', '["person",{"@":"x0bfe7306b8abb6aa"}]', '{"name":{"~":"39768adc579b429f8f1bd3cd5277023b-0"},"email":{"~":"39768adc579b429f8f1bd3cd5277023b-1"}}', 2, '2026-11-23T09:01:00.000000+00:00', '124a753b97e745db9ece88360324a2fc', '[]', NULL, NULL, '{"x0bfe7306b8abb6aa":"e8f86312bd0fcb3004769a0571e10ce0","39768adc579b429f8f1bd3cd5277023b-0":"d012e81368129bf1ea50b67033209071","39768adc579b429f8f1bd3cd5277023b-1":"615c01f918144848af1d476aa2a5025e"}', '195f3f4a2cc276fb06832baa14e74701bce8e68df5abb9dc5811ba4fd7b4f0c7');
INSERT INTO public.events VALUES ('worked', 21, 'de07e83524f04e1199af2113f0096af1', 'x6e7d36ea04a46d6d', 'set', 'person', '["person",{"@":"x5bd11096e79cd4ff"}]', '{"name":{"~":"de07e83524f04e1199af2113f0096af1-0"},"email":{"~":"de07e83524f04e1199af2113f0096af1-1"}}', 2, '2026-11-23T09:03:00.000000+00:00', 'f8596067a9f241cf87ed79b02b16cf1f', '[]', NULL, NULL, '{"x5bd11096e79cd4ff":"27c124e681fcdb1618530cc277a1d9f1","de07e83524f04e1199af2113f0096af1-0":"44f6b5f12b626d2b35e044f32acb7a2f","de07e83524f04e1199af2113f0096af1-1":"3c781232d266fa71cc1efddd3203b735"}', 'ca96c2558347233d473d9aa78665b0752ecad328d505aa8b8f14e9973ff907c1');
INSERT INTO public.events VALUES ('worked', 22, '34ad886fa7c74487ac8ae624e0d97136', 'x6e7d36ea04a46d6d', 'set', 'decision', '["decision","f2"]', '{"owner":{"@":"x0bfe7306b8abb6aa"},"note":{"~":"34ad886fa7c74487ac8ae624e0d97136-0"}}', 2, '2026-11-23T09:05:00.000000+00:00', '44f8dbcb0d494caf83acdbe1b201eb84', '[]', NULL, NULL, '{"34ad886fa7c74487ac8ae624e0d97136-0":"9d8e5e1263ea8ee39b9f684b53a97a91"}', '35a8783f0f7f6598d2ef223bc2bed44ac747d15521d3862741f3caa07c7545ec');
INSERT INTO public.events VALUES ('worked', 23, '7a1d2db7122e4b84899d2a7de4bd156a', 'x6e7d36ea04a46d6d', 'baseline', 'baseline', '["baseline","Kick-off"]', 'null', 2, '2026-11-23T09:07:00.000000+00:00', '8c76265473634770872c28ea2666f2bf', '[]', NULL, NULL, '{}', 'e7b25be3fa383016b4b94f3e887b7cbb24ca57881387e74181b2a76bc75c3891');
INSERT INTO public.events VALUES ('worked', 24, 'x5b038a1c31b361d1', 'x6e7d36ea04a46d6d', 'erased', 'erasure', '["erasure","x5bd11096e79cd4ff"]', 'null', 2, '2026-11-23T09:09:00.000000+00:00', 'x5bd11096e79cd4ff', '[]', NULL, NULL, '{"de07e83524f04e1199af2113f0096af1-0":null,"de07e83524f04e1199af2113f0096af1-1":null,"x5bd11096e79cd4ff":null}', '7717244b9120079b2e74715db95304cbe775f8c5c640764038820f09cac10631');
INSERT INTO public.identities VALUES ('worked', 'x6e7d36ea04a46d6d', 'Marie', '7b8d38ac990332b8df2dfdb541a95dc2');
INSERT INTO public.identities VALUES ('worked', 'x4db2b2e6914b253c', 'ana', '0af56e94be04316fc7ed748b9e53ad32');
INSERT INTO public.identities VALUES ('worked', 'x8db27c9b994fcfa8', 'bo', '8f4f65445a1003c7416adfb8be4d79e3');
INSERT INTO public.identities VALUES ('worked', 'x8fae7a06a17e1ffc', 'cy', 'ab4d7821fe4bab2a9ba3720a24df3d66');
INSERT INTO public.identities VALUES ('worked', 'x6979077ea4b66da2', 'dee', 'c5c94d6f653c10b8d7913b4402310dfa');
INSERT INTO public.identities VALUES ('worked', 'xe228b126cba05b3d', 'eve', 'cb106c8c833da85ea02e67c88e20e99c');
INSERT INTO public.identities VALUES ('worked', 'x5ff4ff1f61eff3e8', 'r1', 'f2bda26ed1833f6c6d118388f414a856');
INSERT INTO public.identities VALUES ('worked', 'xcb7c538a905535b1', 'r2', '3a6b6e9c5cdb19ddf4078fc021fa2f39');
INSERT INTO public.identities VALUES ('worked', 'x0aaaa0bdfbf1191c', 'r3', 'c1fd81d0b3ec6ea5007e3757325568bc');
INSERT INTO public.identities VALUES ('worked', 'x0bfe7306b8abb6aa', 'zoe', 'ec09eed38c68c32dec7f8a8603901259');
INSERT INTO public.settings VALUES ('tables', '2');
INSERT INTO public.settings VALUES ('opened', 'worked');
ALTER TABLE ONLY public.chains
    ADD CONSTRAINT chains_pkey PRIMARY KEY (engagement);
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
CREATE TRIGGER events_move_end AFTER INSERT ON public.events FOR EACH ROW EXECUTE FUNCTION public.events_move_end();
CREATE TRIGGER events_refuse BEFORE DELETE OR UPDATE OR TRUNCATE ON public.events FOR EACH STATEMENT EXECUTE FUNCTION public.events_refuse();
