BEGIN TRANSACTION;
CREATE TABLE chains (
	engagement VARCHAR(64) NOT NULL, 
	seq INTEGER NOT NULL, 
	head VARCHAR(64) NOT NULL, 
	PRIMARY KEY (engagement)
);
INSERT INTO "chains" VALUES('worked',24,'995b935dc2ac7ae1522887d23e2246f42988492f903069aeda8fbb418634af55');
CREATE TABLE details (
	engagement VARCHAR(64) NOT NULL, 
	"key" VARCHAR(80) NOT NULL, 
	holder VARCHAR(64) NOT NULL, 
	text TEXT NOT NULL, 
	salt VARCHAR(32) NOT NULL, 
	PRIMARY KEY (engagement, "key")
);
INSERT INTO "details" VALUES('worked','56bc569969c151e2add15586c23044b8-0','x6ce11a8358de8c0c','Ana','3b89736dbe24140413e6805231312a83');
INSERT INTO "details" VALUES('worked','89931cb2c94e596e863d4511744b81d2-0','xd3909143a84be7fc','Eve','08fa2fe96da698654fbf3026d9c0413f');
INSERT INTO "details" VALUES('worked','bc611fe73b4f5f53b36851b4ae53a2f2-0','x08b3a8a39f8e0106','Cy','97ffe286704e8e5d03e957e4ac2fa950');
INSERT INTO "details" VALUES('worked','f5c69dcb31fc5146bc0994a2a1e8eb16-0','x8d71c6ef5b843289','Bo','a0d9929a602ee9541a8d6782be5315cc');
INSERT INTO "details" VALUES('worked','10072ef654105d48a1d06d4cade9b8cf-0','x38136cb6bbbd7d00','Dee','576c7ec6ebcd9c28822fa53d65f0ab27');
INSERT INTO "details" VALUES('worked','e7c54d8889a64e4ab062769f001c0e46-0','x6ff6af76e71d05c3','Zoé Petit','5410c6fd1e47f17ed14130d4ba170e72');
INSERT INTO "details" VALUES('worked','e7c54d8889a64e4ab062769f001c0e46-1','x6ff6af76e71d05c3','zoe@acme.example','7308649269a9f55ea8be7af0a72fc382');
INSERT INTO "details" VALUES('worked','010bf438b46c423d8fdac47f6154f5ba-0','xaebd5179d57dafc7','é ’ 漢','123b60ff157a63a8b7f9dbf9dfcff7ef');
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
	seals TEXT NOT NULL, 
	head VARCHAR(64) NOT NULL, 
	PRIMARY KEY (engagement, seq), 
	UNIQUE (id)
);
INSERT INTO "events" VALUES('worked',1,'7737555741115a4c81d6a16378f20853','xaebd5179d57dafc7','created','framework','["framework"]','{"key":"small","version":"1.0"}',2,'2026-11-23T09:00:00.000000+00:00','1a2e3030b6f859b596c45c9cbfd53b5c','[]',NULL,NULL,'{"xaebd5179d57dafc7":"8bbee97483ac5e3fa576e03c951bf00c"}','9a7792834343b5e25bd8dbaba6396e949542ddd5c77a5d96827dfcf099bfc915');
INSERT INTO "events" VALUES('worked',2,'d8eb581914cd53da899a2a5192e4a62c','xaebd5179d57dafc7','created','organisation','["organisation"]','{"name":"Worked","profile":"large","business_models":["b2c"]}',2,'2026-11-23T09:00:00.000000+00:00','1a2e3030b6f859b596c45c9cbfd53b5c','[]',NULL,NULL,'{}','924748c272a43511e258ddd8bc9aec878f605c895bb05265914bdbacba26c2fd');
INSERT INTO "events" VALUES('worked',3,'84a5e1f8cac45fee956cd2c5276f23ed','xaebd5179d57dafc7','created','programme','["programme"]','{"start":"2026-09-01","go_live":"2027-06-01"}',2,'2026-11-23T09:00:00.000000+00:00','1a2e3030b6f859b596c45c9cbfd53b5c','[]',NULL,NULL,'{}','26fd61e102b26b269c789faaa32246a9cea468a8a27601b6fed4e4717d5c1d2c');
INSERT INTO "events" VALUES('worked',4,'56bc569969c151e2add15586c23044b8','xaebd5179d57dafc7','created','person','["person",{"@":"x6ce11a8358de8c0c"}]','{"name":{"~":"56bc569969c151e2add15586c23044b8-0"},"title_key":"tx"}',2,'2026-11-23T09:00:00.000000+00:00','1a2e3030b6f859b596c45c9cbfd53b5c','[]',NULL,NULL,'{"x6ce11a8358de8c0c":"fdbb6402b9959ea006d53a9a6882fbd0","56bc569969c151e2add15586c23044b8-0":"f9c9c6c6a47f97091816497345a0ecad"}','1eacc189a4566bec66af7212284627bb7a7068ed77f10e225db8a94ca44b89f8');
INSERT INTO "events" VALUES('worked',5,'89931cb2c94e596e863d4511744b81d2','xaebd5179d57dafc7','created','person','["person",{"@":"xd3909143a84be7fc"}]','{"name":{"~":"89931cb2c94e596e863d4511744b81d2-0"},"title_key":"other"}',2,'2026-11-23T09:00:00.000000+00:00','1a2e3030b6f859b596c45c9cbfd53b5c','[]',NULL,NULL,'{"xd3909143a84be7fc":"f47711db41f7f0fa85762127acfe7067","89931cb2c94e596e863d4511744b81d2-0":"e741b421b489b425486936a27e536333"}','c7725d7171b4a1f0021d54feeced91322558493189264ee0358d96579e43845c');
INSERT INTO "events" VALUES('worked',6,'bc611fe73b4f5f53b36851b4ae53a2f2','xaebd5179d57dafc7','created','person','["person",{"@":"x08b3a8a39f8e0106"}]','{"name":{"~":"bc611fe73b4f5f53b36851b4ae53a2f2-0"},"title_key":"tt","inside":false}',2,'2026-11-23T09:00:00.000000+00:00','1a2e3030b6f859b596c45c9cbfd53b5c','[]',NULL,NULL,'{"x08b3a8a39f8e0106":"92f3d11a7397d9b474bfebc0c5ef48fe","bc611fe73b4f5f53b36851b4ae53a2f2-0":"48bc0820b5e6b1a53809fae939229b42"}','054f29078ac075738aaae735c8fee7ba8bf61b18cb77ff4dcefbe354ce52ec2b');
INSERT INTO "events" VALUES('worked',7,'f5c69dcb31fc5146bc0994a2a1e8eb16','xaebd5179d57dafc7','created','person','["person",{"@":"x8d71c6ef5b843289"}]','{"name":{"~":"f5c69dcb31fc5146bc0994a2a1e8eb16-0"}}',2,'2026-11-23T09:00:00.000000+00:00','1a2e3030b6f859b596c45c9cbfd53b5c','[]',NULL,NULL,'{"x8d71c6ef5b843289":"f0f464680359af90556610f3c08ee533","f5c69dcb31fc5146bc0994a2a1e8eb16-0":"eaec53f42fb152f2876eb9c10502c9c7"}','32cf230b29c848a827cd8a7c2af6b680d5a102b9d431a4a52d98167bab684708');
INSERT INTO "events" VALUES('worked',8,'10072ef654105d48a1d06d4cade9b8cf','xaebd5179d57dafc7','created','person','["person",{"@":"x38136cb6bbbd7d00"}]','{"name":{"~":"10072ef654105d48a1d06d4cade9b8cf-0"},"title_key":"tt"}',2,'2026-11-23T09:00:00.000000+00:00','1a2e3030b6f859b596c45c9cbfd53b5c','[]',NULL,NULL,'{"x38136cb6bbbd7d00":"f2e51b2a3bf545a4571032891c75204c","10072ef654105d48a1d06d4cade9b8cf-0":"5da44ca90e1be1fee661044d1942de08"}','6d5629a52a121f7b7128f89216129426c40a241196cecf53c1e8b64f6074e382');
INSERT INTO "events" VALUES('worked',9,'f233964a24105378b02496231d4786bc','xaebd5179d57dafc7','created','respondent','["respondent",{"@":"xa34afeb36600c8df"}]','{}',2,'2026-11-23T09:00:00.000000+00:00','1a2e3030b6f859b596c45c9cbfd53b5c','[]',NULL,NULL,'{"xa34afeb36600c8df":"57000ecb809129e8ead68df9f9411144"}','8aa8299e6c3fbbd0b130911025f521dc0021bac5dc8b74020e486f1d7d3f93c0');
INSERT INTO "events" VALUES('worked',10,'7a6db7548757584bbb53422a513937ee','xaebd5179d57dafc7','created','respondent','["respondent",{"@":"x6872f4cc9fe932d6"}]','{}',2,'2026-11-23T09:00:00.000000+00:00','1a2e3030b6f859b596c45c9cbfd53b5c','[]',NULL,NULL,'{"x6872f4cc9fe932d6":"4f07af8846f81ceb1441dea7602dcda4"}','4f24c0a8d81fd372b7f1662adb1477b7c3fe7b4c3d90e917e8cde11dab5da65a');
INSERT INTO "events" VALUES('worked',11,'548aa974eac659f6b24db8d4951b8e77','xaebd5179d57dafc7','created','respondent','["respondent",{"@":"x236b12825c82a0b2"}]','{}',2,'2026-11-23T09:00:00.000000+00:00','1a2e3030b6f859b596c45c9cbfd53b5c','[]',NULL,NULL,'{"x236b12825c82a0b2":"006824623289ea669704f3ef46119d63"}','809e5df4d36f141b6415b791fbe5450fd83e080d0c00c0bdcd24afc256f4d754');
INSERT INTO "events" VALUES('worked',12,'82df1335ce895ac3b7c0b0a3dc7c1c04','xaebd5179d57dafc7','created','nomination','["nomination",{"@":"xa34afeb36600c8df"},"f2"]','[{"party":{"@":"xd3909143a84be7fc"},"deputy":{"@":"x38136cb6bbbd7d00"}}]',2,'2026-11-23T09:00:00.000000+00:00','1a2e3030b6f859b596c45c9cbfd53b5c','[]',NULL,NULL,'{}','f2e47476b3b83a07e51398015a8c496f943a668488a4a6622563afcaf70deb3c');
INSERT INTO "events" VALUES('worked',13,'e4f702cf027f5bbd9a4c395ac5c56c08','xaebd5179d57dafc7','created','nomination','["nomination",{"@":"x6872f4cc9fe932d6"},"f2"]','[{"party":{"@":"xd3909143a84be7fc"},"deputy":"none"}]',2,'2026-11-23T09:00:00.000000+00:00','1a2e3030b6f859b596c45c9cbfd53b5c','[]',NULL,NULL,'{}','6c28c019ea24a5357704897165a6b8af73fc14622140738480f78bf8bdf2f394');
INSERT INTO "events" VALUES('worked',14,'07b780f7234c50bd976bfaf810f2b15e','xaebd5179d57dafc7','created','nomination','["nomination",{"@":"x236b12825c82a0b2"},"f2"]','[{"state":"unknown"}]',2,'2026-11-23T09:00:00.000000+00:00','1a2e3030b6f859b596c45c9cbfd53b5c','[]',NULL,NULL,'{}','dbeb2bb8072fc42305092b2418f51fe9418b31baf98a0b1c2aeeff26929f7fbe');
INSERT INTO "events" VALUES('worked',15,'3412299a3ee750c0883ddbf107c3ef63','xaebd5179d57dafc7','created','nomination','["nomination",{"@":"xa34afeb36600c8df"},"f3"]','[{"party":{"@":"x08b3a8a39f8e0106"},"deputy":{"@":"x8d71c6ef5b843289"}}]',2,'2026-11-23T09:00:00.000000+00:00','1a2e3030b6f859b596c45c9cbfd53b5c','[]',NULL,NULL,'{}','04b53e40f5af1e9398e98f8c7dc3ca7d8f5b2a8acbf173147084cc4aef4d6e9c');
INSERT INTO "events" VALUES('worked',16,'6ef7210e13c558b18f363b5a93cb9993','xaebd5179d57dafc7','created','nomination','["nomination",{"@":"x6872f4cc9fe932d6"},"f3"]','[{"party":"nobody"}]',2,'2026-11-23T09:00:00.000000+00:00','1a2e3030b6f859b596c45c9cbfd53b5c','[]',NULL,NULL,'{}','dc5aba36b0e5aa66f250625b5dfc744ac25e71f947050e5562cc6ccc78ad883f');
INSERT INTO "events" VALUES('worked',17,'997b445a14f459c7bd9766f44406eedb','xaebd5179d57dafc7','created','nomination','["nomination",{"@":"x236b12825c82a0b2"},"f3"]','[{"party":{"@":"x8d71c6ef5b843289"},"deputy":"none"}]',2,'2026-11-23T09:00:00.000000+00:00','1a2e3030b6f859b596c45c9cbfd53b5c','[]',NULL,NULL,'{}','cf19e88b86cebc18544ca6b106e453d09ab57eb7256a0f861f4d281abd78f1b8');
INSERT INTO "events" VALUES('worked',18,'27155a03d2645f598a672fba5e7d17a0','xaebd5179d57dafc7','created','answer','["answer","q1","",""]','{"value":"half"}',2,'2026-11-23T09:00:00.000000+00:00','1a2e3030b6f859b596c45c9cbfd53b5c','[]',NULL,NULL,'{}','81132fb101df222eabefd2b171acc0234de9162fb0096ffe7a20dc76067c4ecc');
INSERT INTO "events" VALUES('worked',19,'5fa9777060865115b1f0e624506b01dc','xaebd5179d57dafc7','created','decision','["decision","f1"]','{"owner":{"@":"x6ce11a8358de8c0c"},"deputy":"none"}',2,'2026-11-23T09:00:00.000000+00:00','1a2e3030b6f859b596c45c9cbfd53b5c','[]',NULL,NULL,'{}','57a89188a653d7e9a52d22487fbb01b592bf695d5e6377762c8aa25cab7d5549');
INSERT INTO "events" VALUES('worked',20,'e7c54d8889a64e4ab062769f001c0e46','xaebd5179d57dafc7','set','person','["person",{"@":"x6ff6af76e71d05c3"}]','{"name":{"~":"e7c54d8889a64e4ab062769f001c0e46-0"},"email":{"~":"e7c54d8889a64e4ab062769f001c0e46-1"}}',2,'2026-11-23T09:01:00.000000+00:00','e94d81dddfbb4b528286fd1f2abab91e','[]',NULL,NULL,'{"x6ff6af76e71d05c3":"17aabd551b3e71152a1065bae967bed7","e7c54d8889a64e4ab062769f001c0e46-0":"588ca58bdd3e081f1405ca973fc40339","e7c54d8889a64e4ab062769f001c0e46-1":"76d89af8884761057d979d34e437d022"}','22fa43ae90dbf3cbd2b97df95173a7b3192936e4fe9f030977a9e6845943d589');
INSERT INTO "events" VALUES('worked',21,'d0a89e86e8b74b66b18049eda13724ae','xaebd5179d57dafc7','set','person','["person",{"@":"xe87ad5be3b4984ea"}]','{"name":{"~":"d0a89e86e8b74b66b18049eda13724ae-0"},"email":{"~":"d0a89e86e8b74b66b18049eda13724ae-1"}}',2,'2026-11-23T09:03:00.000000+00:00','f47652fd2240453ebda7d44c117b5399','[]',NULL,NULL,'{"xe87ad5be3b4984ea":"e7d994300f948a506e32e1d74eed949e","d0a89e86e8b74b66b18049eda13724ae-0":"4d1b32d857c0499e6ac37126e00f285d","d0a89e86e8b74b66b18049eda13724ae-1":"eae45cf83c531f70becff0eb5804f110"}','123e93fd04b7b80c993ca7e903c5475939f9f80125609dcc8d89d4db41010d04');
INSERT INTO "events" VALUES('worked',22,'010bf438b46c423d8fdac47f6154f5ba','xaebd5179d57dafc7','set','decision','["decision","f2"]','{"owner":{"@":"x6ff6af76e71d05c3"},"note":{"~":"010bf438b46c423d8fdac47f6154f5ba-0"}}',2,'2026-11-23T09:05:00.000000+00:00','c9cfd7c2e1624683bbe8ddc33fd1cf6c','[]',NULL,NULL,'{"010bf438b46c423d8fdac47f6154f5ba-0":"1e73b2b91d50938bb49c14c84bf39ae3"}','2a226630f70a77c23413e70cdd16550d2b1b81b32285207149f23d8e7da032dd');
INSERT INTO "events" VALUES('worked',23,'da1ae628e9194f3b85f6ce1292d66422','xaebd5179d57dafc7','baseline','baseline','["baseline","Kick-off"]','null',2,'2026-11-23T09:07:00.000000+00:00','ec0f7b56a347466cb16c68bd73f2971f','[]',NULL,NULL,'{}','958589c2857c654c7503aa1ab6837933e89c54794c7b02faf91fff05fda66fb3');
INSERT INTO "events" VALUES('worked',24,'x22ab76c1ebf3895d','xaebd5179d57dafc7','erased','erasure','["erasure","xe87ad5be3b4984ea"]','null',2,'2026-11-23T09:09:00.000000+00:00','xe87ad5be3b4984ea','[]',NULL,NULL,'{"d0a89e86e8b74b66b18049eda13724ae-0":null,"d0a89e86e8b74b66b18049eda13724ae-1":null,"xe87ad5be3b4984ea":null}','995b935dc2ac7ae1522887d23e2246f42988492f903069aeda8fbb418634af55');
CREATE TABLE identities (
	engagement VARCHAR(64) NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	salt VARCHAR(32) NOT NULL, 
	PRIMARY KEY (engagement, "key"), 
	UNIQUE (engagement, name)
);
INSERT INTO "identities" VALUES('worked','xaebd5179d57dafc7','Marie','ce86efb33544e65c1be6baba45005bc8');
INSERT INTO "identities" VALUES('worked','x6ce11a8358de8c0c','ana','fbef9bd295704cb387fcaea5cf13db70');
INSERT INTO "identities" VALUES('worked','x8d71c6ef5b843289','bo','21fba80d4d5f6fb1bed984ccec1b87d7');
INSERT INTO "identities" VALUES('worked','x08b3a8a39f8e0106','cy','bd9ad30da82ffb7e762585f6136d7f80');
INSERT INTO "identities" VALUES('worked','x38136cb6bbbd7d00','dee','5ac2338818d29c6f57c3f1c3bce6c6eb');
INSERT INTO "identities" VALUES('worked','xd3909143a84be7fc','eve','df709d36d00900d0a0d887b1442ac14c');
INSERT INTO "identities" VALUES('worked','xa34afeb36600c8df','r1','e35a0f7711298f8f7cb904c3c0c7c233');
INSERT INTO "identities" VALUES('worked','x6872f4cc9fe932d6','r2','10c71ff78e9fe1c9fd83878b0d810222');
INSERT INTO "identities" VALUES('worked','x236b12825c82a0b2','r3','afdd8568eab6de85ff3fc1e5e197bb0e');
INSERT INTO "identities" VALUES('worked','x6ff6af76e71d05c3','zoe','ff7c43c4f009b04ba6d9eec94477d16f');
CREATE TABLE settings (
	name VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "settings" VALUES('tables','2');
INSERT INTO "settings" VALUES('opened','worked');
CREATE INDEX describing_events ON events (engagement, topic, seq) WHERE topic IN ('organisation', 'framework', 'language');
CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'events are only ever appended'); END;
CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'events are only ever appended'); END;
CREATE TRIGGER events_refuse_unchained BEFORE INSERT ON events WHEN NEW.head = ''
        BEGIN SELECT RAISE(ABORT, 'a newer workbook keeps this store'); END;
CREATE TRIGGER events_move_end AFTER INSERT ON events BEGIN INSERT INTO chains (engagement, seq, head)
VALUES (NEW.engagement, NEW.seq, NEW.head)
ON CONFLICT (engagement) DO UPDATE SET seq = excluded.seq, head = excluded.head; END;
COMMIT;
