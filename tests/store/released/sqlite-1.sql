BEGIN TRANSACTION;
CREATE TABLE details (
	engagement VARCHAR(64) NOT NULL, 
	"key" VARCHAR(80) NOT NULL, 
	holder VARCHAR(64) NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (engagement, "key")
);
INSERT INTO "details" VALUES('worked','57acdfcab3c4545ab7331ef7e4846eed-0','x5feb17862637e93e','Ana');
INSERT INTO "details" VALUES('worked','ebf4b48b5fd8567893a2b77eb76babc2-0','xb55caffb415a9f11','Eve');
INSERT INTO "details" VALUES('worked','7bc9daf4271c54649f913267eeede207-0','x874899d192c2d3a6','Cy');
INSERT INTO "details" VALUES('worked','a747bb5f1328578e89aba77848646feb-0','x54b3c8636367279a','Bo');
INSERT INTO "details" VALUES('worked','3f647e765ea35581839c1ad2c5007f72-0','x14de86aebeb7f68d','Dee');
INSERT INTO "details" VALUES('worked','f9ce1388e1474896b3c18479df98660e-0','x0d0a95f3ab6f39cd','Zoé Petit');
INSERT INTO "details" VALUES('worked','f9ce1388e1474896b3c18479df98660e-1','x0d0a95f3ab6f39cd','zoe@acme.example');
INSERT INTO "details" VALUES('worked','0dfd7c3b499f4479890634cd69e2219e-0','x2cf18b417aa1cefd','é ’ 漢');
CREATE TABLE events (
	engagement VARCHAR(64) NOT NULL, 
	seq INTEGER NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	actor VARCHAR(64) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	topic VARCHAR(32) NOT NULL, 
	subject TEXT NOT NULL, 
	value TEXT NOT NULL, 
	schema INTEGER NOT NULL, 
	time VARCHAR(40) NOT NULL, 
	step VARCHAR(64) NOT NULL, 
	supersedes TEXT NOT NULL, 
	target VARCHAR(64), 
	restores VARCHAR(64), 
	PRIMARY KEY (engagement, seq), 
	UNIQUE (id)
);
INSERT INTO "events" VALUES('worked',1,'8bbe143dd53e511e9f46bbce9c746ddc','x2cf18b417aa1cefd','created','framework','["framework"]','{"key":"small","version":"1.0"}',2,'2026-11-23T09:00:00.000000+00:00','1d6c5d22d59d5f4d807aa72bbe0e88fa','[]',NULL,NULL);
INSERT INTO "events" VALUES('worked',2,'280a55ebc5f0546dabc12257dcfe4046','x2cf18b417aa1cefd','created','organisation','["organisation"]','{"name":"Worked","profile":"large","business_models":["b2c"]}',2,'2026-11-23T09:00:00.000000+00:00','1d6c5d22d59d5f4d807aa72bbe0e88fa','[]',NULL,NULL);
INSERT INTO "events" VALUES('worked',3,'ed0576a42daa532a8c383f5d8c982b53','x2cf18b417aa1cefd','created','programme','["programme"]','{"start":"2026-09-01","go_live":"2027-06-01"}',2,'2026-11-23T09:00:00.000000+00:00','1d6c5d22d59d5f4d807aa72bbe0e88fa','[]',NULL,NULL);
INSERT INTO "events" VALUES('worked',4,'57acdfcab3c4545ab7331ef7e4846eed','x2cf18b417aa1cefd','created','person','["person",{"@":"x5feb17862637e93e"}]','{"name":{"~":"57acdfcab3c4545ab7331ef7e4846eed-0"},"title_key":"tx"}',2,'2026-11-23T09:00:00.000000+00:00','1d6c5d22d59d5f4d807aa72bbe0e88fa','[]',NULL,NULL);
INSERT INTO "events" VALUES('worked',5,'ebf4b48b5fd8567893a2b77eb76babc2','x2cf18b417aa1cefd','created','person','["person",{"@":"xb55caffb415a9f11"}]','{"name":{"~":"ebf4b48b5fd8567893a2b77eb76babc2-0"},"title_key":"other"}',2,'2026-11-23T09:00:00.000000+00:00','1d6c5d22d59d5f4d807aa72bbe0e88fa','[]',NULL,NULL);
INSERT INTO "events" VALUES('worked',6,'7bc9daf4271c54649f913267eeede207','x2cf18b417aa1cefd','created','person','["person",{"@":"x874899d192c2d3a6"}]','{"name":{"~":"7bc9daf4271c54649f913267eeede207-0"},"title_key":"tt","inside":false}',2,'2026-11-23T09:00:00.000000+00:00','1d6c5d22d59d5f4d807aa72bbe0e88fa','[]',NULL,NULL);
INSERT INTO "events" VALUES('worked',7,'a747bb5f1328578e89aba77848646feb','x2cf18b417aa1cefd','created','person','["person",{"@":"x54b3c8636367279a"}]','{"name":{"~":"a747bb5f1328578e89aba77848646feb-0"}}',2,'2026-11-23T09:00:00.000000+00:00','1d6c5d22d59d5f4d807aa72bbe0e88fa','[]',NULL,NULL);
INSERT INTO "events" VALUES('worked',8,'3f647e765ea35581839c1ad2c5007f72','x2cf18b417aa1cefd','created','person','["person",{"@":"x14de86aebeb7f68d"}]','{"name":{"~":"3f647e765ea35581839c1ad2c5007f72-0"},"title_key":"tt"}',2,'2026-11-23T09:00:00.000000+00:00','1d6c5d22d59d5f4d807aa72bbe0e88fa','[]',NULL,NULL);
INSERT INTO "events" VALUES('worked',9,'785c300d8819535eb9ee145b894ddda1','x2cf18b417aa1cefd','created','respondent','["respondent",{"@":"xa0929a8d898198eb"}]','{}',2,'2026-11-23T09:00:00.000000+00:00','1d6c5d22d59d5f4d807aa72bbe0e88fa','[]',NULL,NULL);
INSERT INTO "events" VALUES('worked',10,'5f88599dad4955da8b266f3f247159f9','x2cf18b417aa1cefd','created','respondent','["respondent",{"@":"x4461ecf1f41c0d4e"}]','{}',2,'2026-11-23T09:00:00.000000+00:00','1d6c5d22d59d5f4d807aa72bbe0e88fa','[]',NULL,NULL);
INSERT INTO "events" VALUES('worked',11,'9c505a9237a65576835e0a8b928a4b97','x2cf18b417aa1cefd','created','respondent','["respondent",{"@":"x577ffb1a4f2157dc"}]','{}',2,'2026-11-23T09:00:00.000000+00:00','1d6c5d22d59d5f4d807aa72bbe0e88fa','[]',NULL,NULL);
INSERT INTO "events" VALUES('worked',12,'7fbe4ac7aad751d49c45958f29bedecf','x2cf18b417aa1cefd','created','nomination','["nomination",{"@":"xa0929a8d898198eb"},"f2"]','[{"party":{"@":"xb55caffb415a9f11"},"deputy":{"@":"x14de86aebeb7f68d"}}]',2,'2026-11-23T09:00:00.000000+00:00','1d6c5d22d59d5f4d807aa72bbe0e88fa','[]',NULL,NULL);
INSERT INTO "events" VALUES('worked',13,'12075fda71265a98bc83252ace305404','x2cf18b417aa1cefd','created','nomination','["nomination",{"@":"x4461ecf1f41c0d4e"},"f2"]','[{"party":{"@":"xb55caffb415a9f11"},"deputy":"none"}]',2,'2026-11-23T09:00:00.000000+00:00','1d6c5d22d59d5f4d807aa72bbe0e88fa','[]',NULL,NULL);
INSERT INTO "events" VALUES('worked',14,'62268c217c135892aef8fea577738068','x2cf18b417aa1cefd','created','nomination','["nomination",{"@":"x577ffb1a4f2157dc"},"f2"]','[{"state":"unknown"}]',2,'2026-11-23T09:00:00.000000+00:00','1d6c5d22d59d5f4d807aa72bbe0e88fa','[]',NULL,NULL);
INSERT INTO "events" VALUES('worked',15,'f8b9b220c9b653bdbc3e0f8cbf773ce4','x2cf18b417aa1cefd','created','nomination','["nomination",{"@":"xa0929a8d898198eb"},"f3"]','[{"party":{"@":"x874899d192c2d3a6"},"deputy":{"@":"x54b3c8636367279a"}}]',2,'2026-11-23T09:00:00.000000+00:00','1d6c5d22d59d5f4d807aa72bbe0e88fa','[]',NULL,NULL);
INSERT INTO "events" VALUES('worked',16,'e3a44158d4dc515ab9b045fc1a3b9cce','x2cf18b417aa1cefd','created','nomination','["nomination",{"@":"x4461ecf1f41c0d4e"},"f3"]','[{"party":"nobody"}]',2,'2026-11-23T09:00:00.000000+00:00','1d6c5d22d59d5f4d807aa72bbe0e88fa','[]',NULL,NULL);
INSERT INTO "events" VALUES('worked',17,'fb93ce4492a75d77b231aa972bc8b38f','x2cf18b417aa1cefd','created','nomination','["nomination",{"@":"x577ffb1a4f2157dc"},"f3"]','[{"party":{"@":"x54b3c8636367279a"},"deputy":"none"}]',2,'2026-11-23T09:00:00.000000+00:00','1d6c5d22d59d5f4d807aa72bbe0e88fa','[]',NULL,NULL);
INSERT INTO "events" VALUES('worked',18,'00426b1acadf5068b47fc4584923bffe','x2cf18b417aa1cefd','created','answer','["answer","q1","",""]','{"value":"half"}',2,'2026-11-23T09:00:00.000000+00:00','1d6c5d22d59d5f4d807aa72bbe0e88fa','[]',NULL,NULL);
INSERT INTO "events" VALUES('worked',19,'b565f0bac6c559ff99d86ec4c73cb666','x2cf18b417aa1cefd','created','decision','["decision","f1"]','{"owner":{"@":"x5feb17862637e93e"},"deputy":"none"}',2,'2026-11-23T09:00:00.000000+00:00','1d6c5d22d59d5f4d807aa72bbe0e88fa','[]',NULL,NULL);
INSERT INTO "events" VALUES('worked',20,'f9ce1388e1474896b3c18479df98660e','x2cf18b417aa1cefd','set','person','["person",{"@":"x0d0a95f3ab6f39cd"}]','{"name":{"~":"f9ce1388e1474896b3c18479df98660e-0"},"email":{"~":"f9ce1388e1474896b3c18479df98660e-1"}}',2,'2026-11-23T09:01:00.000000+00:00','2fddd241b7c2445095e914b3ceedc655','[]',NULL,NULL);
INSERT INTO "events" VALUES('worked',21,'0dfd7c3b499f4479890634cd69e2219e','x2cf18b417aa1cefd','set','decision','["decision","f2"]','{"owner":{"@":"x0d0a95f3ab6f39cd"},"note":{"~":"0dfd7c3b499f4479890634cd69e2219e-0"}}',2,'2026-11-23T09:03:00.000000+00:00','6da9ffbf6ce340f1b1c458f7ded40fa2','[]',NULL,NULL);
INSERT INTO "events" VALUES('worked',22,'bc63817198484e11baea209ebc93d541','x2cf18b417aa1cefd','baseline','baseline','["baseline","Kick-off"]','null',2,'2026-11-23T09:05:00.000000+00:00','171cc9f68cec4360bdbcbdee47022ffa','[]',NULL,NULL);
CREATE TABLE identities (
	engagement VARCHAR(64) NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	PRIMARY KEY (engagement, "key"), 
	UNIQUE (engagement, name)
);
INSERT INTO "identities" VALUES('worked','x2cf18b417aa1cefd','Marie');
INSERT INTO "identities" VALUES('worked','x5feb17862637e93e','ana');
INSERT INTO "identities" VALUES('worked','x54b3c8636367279a','bo');
INSERT INTO "identities" VALUES('worked','x874899d192c2d3a6','cy');
INSERT INTO "identities" VALUES('worked','x14de86aebeb7f68d','dee');
INSERT INTO "identities" VALUES('worked','xb55caffb415a9f11','eve');
INSERT INTO "identities" VALUES('worked','xa0929a8d898198eb','r1');
INSERT INTO "identities" VALUES('worked','x4461ecf1f41c0d4e','r2');
INSERT INTO "identities" VALUES('worked','x577ffb1a4f2157dc','r3');
INSERT INTO "identities" VALUES('worked','x0d0a95f3ab6f39cd','zoe');
CREATE TABLE settings (
	name VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "settings" VALUES('tables','1');
INSERT INTO "settings" VALUES('opened','worked');
CREATE INDEX describing_events ON events (engagement, topic, seq) WHERE topic IN ('organisation', 'framework', 'language');
CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'events are only ever appended'); END;
CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'events are only ever appended'); END;
COMMIT;
