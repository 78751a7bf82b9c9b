// The time zones of the IANA data base, version 2025b, from 2000 on: Asia, Australia, Europe, the oceans, and the short names.
//
// A line a zone: its names; the rule for the time after its last transition, as POSIX writes it; and
// the transitions that the rule does not give: the minutes from UTC at the start of 2000, then each
// transition as minutes since 2000 (to base 36) and the minutes from UTC from there on.
//
// The data base is in the public domain. A test compares every zone with the compiled data base of
// the system, where that is of the same version.

extension IANAZone {
  static let eastern = """
    Asia/Almaty|<+05>-5|360 2m9c:420 9bdc:360 dupc:420 kjtc:360 paxc:420 vs9c:360 10jdc:420 \
    170pc:360 1brtc:420 1igxc:360 7kee0:300
    Asia/Amman|<+03>-3|120 2qso:180 8e4o:120 dz8o:180 jmko:120 p8so:180 uv0o:120 10h8o:180 \
    16yko:120 1bpoo:180 1hz8o:120 1n5wo:180 1ss4o:120 1yeco:180 24voo:120 29mso:180 2g44o:120 \
    2kv8o:180 2rkco:120 2w3oo:180 32sso:120 37c4o:180 3e18o:120 3isco:180 3p9oo:120 3u0so:180 \
    4dgr0:120 4ghoo:180 4n6so:120 4rq4o:180 4yf8o:120 536co:180 59noo:120 5eeso:180 5kw4o:120 \
    5pn8o:180 5w4ko:120 60voo:180 67d0o:120 6c44o:180 6it8o:120 6ncko:180 6u1oo:120 6xpwo:180
    Asia/Anadyr Asia/Kamchatka|<+12>-12|720 2lzc:780 9b3c:720 dufc:780 kjjc:720 panc:780 vrzc:720 \
    10j3c:780 170fc:720 1brjc:780 1ignc:720 1mzzc:780 1tp3c:720 1y8fc:780 24xjc:720 29gvc:780 \
    2g5zc:720 2kx3c:780 2refc:720 2w5jc:780 32mvc:720 3e350:660 3imh0:720
    Asia/Aqtau Asia/Atyrau Asia/Oral|<+05>-5|240 2mco:300 9bgo:240 duso:300 kjwo:240 pb0o:300 \
    vsco:240 10jgo:300 170so:240 1brwo:300
    Asia/Aqtobe|<+05>-5|300 2mb0:360 9bf0:300 dur0:360 kjv0:300 paz0:360 vsb0:300 10jf0:360 \
    170r0:300 1brv0:360 1igz0:300
    Asia/Ashgabat Asia/Ashkhabad Asia/Dushanbe Asia/Samarkand Asia/Tashkent Etc/GMT-5 \
    Indian/Kerguelen Indian/Maldives|<+05>-5|
    Asia/Baghdad|<+03>-3|180 2t40:240 8gg0:180 e2o0:240 jq00:180 pc80:240 uzk0:180 10ls0:240 \
    16940:180 1bwg0:240 1hjs0:180 1n600:240 1stc0:180 1yfk0:240 242w0:180 29p40:240 2fcg0:180
    Asia/Baku|<+04>-4|240 2mg0:300 9bk0:240 duw0:300 kk00:240 pb40:300 vsg0:240 10jk0:300 \
    170w0:240 1bs00:300 1ih40:240 1n0g0:300 1tpk0:240 1y8w0:300 24y00:240 29hc0:300 2g6g0:240 \
    2kxk0:300 2rew0:240 2w600:300 32nc0:240 37eg0:300 3e3k0:240 3imw0:300 3pc00:240 3tvc0:300 \
    40kg0:240 45bk0:300 4bsw0:240 4gk00:300 4n1c0:240 4rsg0:300 4y9s0:240
    Asia/Bangkok Asia/Ho_Chi_Minh Asia/Phnom_Penh Asia/Saigon Asia/Vientiane Etc/GMT-7 \
    Indian/Christmas|<+07>-7|
    Asia/Barnaul|<+07>-7|360 2m9c:420 9bdc:360 dupc:420 kjtc:360 paxc:420 vs9c:360 10jdc:420 \
    170pc:360 1brtc:420 1igxc:360 1n09c:420 1tpdc:360 1y8pc:420 24xtc:360 29h5c:420 2g69c:360 \
    2kxdc:420 2repc:360 2w5tc:420 32n5c:360 37e9c:420 3e3dc:360 3impc:420 4n13o:360 530pc:420
    Asia/Beirut|EET-2EEST,M3.5.0/0,M10.5.0/0|
    Asia/Bishkek|<+06>-6|300 2mbu:360 9be6:300 duru:360 kju6:300 pazu:360 vsa6:300 10jfu:360 \
    170q6:300 1brvu:360 1igy6:300 1n0bu:360
    Asia/Brunei Asia/Kuala_Lumpur Asia/Kuching Asia/Singapore Etc/GMT-8 Singapore|<+08>-8|
    Asia/Calcutta Asia/Kolkata|IST-5:30|
    Asia/Chita|<+09>-9|540 2m4c:600 9b8c:540 dukc:600 kjoc:540 pasc:600 vs4c:540 10j8c:600 \
    170kc:540 1broc:600 1igsc:540 1n04c:600 1tp8c:540 1y8kc:600 24xoc:540 29h0c:600 2g64c:540 \
    2kx8c:600 2rekc:540 2w5oc:600 32n0c:540 37e4c:600 3e38c:540 3imkc:600 4n0yo:480 530m0:540
    Asia/Choibalsan Asia/Ulaanbaatar Asia/Ulan_Bator|<+08>-8|480 ewe0:540 jngc:480 p9q0:540 \
    uvwc:480 10i60:540 164cc:480 1bqm0:540 1hcsc:480 1mz20:540 1sl8c:480 1y7i0:540 241gc:480 \
    4rr20:540 4xd50:480 52zi0:540 58ll0:480
    Asia/Chongqing Asia/Chungking Asia/Harbin Asia/Macao Asia/Macau Asia/Shanghai Asia/Taipei PRC \
    ROC|CST-8|
    Asia/Colombo|<+0530>-5:30|360 1yuuu:330
    Asia/Dacca Asia/Dhaka|<+06>-6|360 2ypwc:420 34qkc:360
    Asia/Damascus|<+03>-3|120 2t0o:180 8gb0:120 e2ko:180 jpv0:120 pc4o:180 uzf0:120 10loo:180 \
    168z0:120 1bwco:180 1hjn0:120 1n5wo:180 1st70:120 1yfgo:180 23sr0:120 29mso:180 2gbv0:120 \
    2l30o:180 2rlf0:120 2w3oo:180 32sr0:120 37jwo:180 3e170:120 3isco:180 3p9n0:120 3u0so:180 \
    40i30:120 4598o:180 4bqj0:120 4ghoo:180 4n6r0:120 4rq4o:180 4yf70:120 52yko:180 59nn0:120 \
    5eeso:180 5kw30:120 5pn8o:180 5w4j0:120 60voo:180 67cz0:120 6c44o:180 6it70:120 6ncko:180 \
    6u1n0:120 6yl0o:180
    Asia/Dili|<+09>-9|480 80io:540
    Asia/Dubai Asia/Muscat Etc/GMT-4 Indian/Mahe Indian/Reunion|<+04>-4|
    Asia/Famagusta|EET-2EEST,M3.5.0/3,M10.5.0/4|120 2mho:180 9blo:120 duxo:180 kk1o:120 pb5o:180 \
    vsho:120 10jlo:180 170xo:120 1bs1o:180 1ih5o:120 1n0ho:180 1tplo:120 1y8xo:180 24y1o:120 \
    29hdo:180 2g6ho:120 2kxlo:180 2rexo:120 2w61o:180 32ndo:120 37eho:180 3e3lo:120 3imxo:180 \
    3pc1o:120 3tvdo:180 40kho:120 45blo:180 4bsxo:120 4gk1o:180 4n1do:120 4rsho:180 4y9to:120 \
    530xo:180 5kyho:120
    Asia/Gaza|EET-2EEST,M3.4.4/50,M10.4.4/50|120 3f8o:180 91f0:120 enoo:180 k9v0:120 pw4o:180 \
    vib0:120 114ko:180 16qr0:120 1cd0o:180 1hjoo:120 1nlgo:180 1swmc:120 1yfgo:180 23sr0:120 \
    29p0o:180 2esec:120 2kv8o:180 2pmb0:120 2w3oo:180 312ko:120 37d8p:180 3blf0:120 3iscp:180 \
    3mjv0:120 3u0so:180 3zf8o:120 4598o:180 4avf0:120 4ghoo:180 4myz0:120 4rr8o:180 4y7go:120 \
    52zqc:180 59oso:120 5e86c:180 5kx8o:120 5pgmc:180 5w5oo:120 60voo:180 67e30:120 6c58o:180 \
    6imko:120 6ndoo:180 6u1oo:120 6yn8o:180 75bac:120 7axk0:180 7gjqc:120 7ly80:180 7rs6c:120 \
    7wyw0:180 830mc:120 87rs0:180 8e92c:120 8j080:180 8ppac:120 8u8o0:180 90xqc:120 95h40:180 \
    9c66c:120 9gxc0:180 9nemc:120 9s5s0:180 9yn2c:120 a3e80:180 aa3ac:120 aemo0:180 albqc:120 \
    apv40:180 awk6c:120 b13k0:180 b7smc:120 bcjs0:180 bitac:120 bns80:180 bttyc:120 bz0o0:180 \
    c4muc:120 ca940:180 cfnic:120 clhk0:180 cqgec:120 cryw0:180 cs6mc:120 cwxs0:180 d1h2c:120 \
    d2rs0:180 d3f2c:120 d8680:180 dchqc:120 ddsg0:180 denic:120 djeo0:180 dnamc:120 dot40:180 \
    dpvyc:120 dun40:180 dybac:120 dzm00:180 e1c6c:120 e5vk0:180 e9byc:120 eamo0:180 eckmc:120 \
    eh400:180 ek4uc:120 elnc0:180 ent2c:120 esk80:180 ev5ic:120 ewg80:180 ez1ic:120 f3so0:180 \
    f5yec:120 f7gw0:180 fa9yc:120 ff140:180 fgz2c:120 fi9s0:180 flq6c:120 fq9k0:180 frzqc:120 \
    ftag0:180 fwymc:120 g1i00:180 g2smc:120 g4b40:180 g872c:120 gcy80:180 gdtac:120 gf400:180 \
    gjfic:120 go6o0:180 gom6c:120 gq4o0:180 gunyc:120 gzf40:180 gzmuc:120 h15c0:180 h5wec:120 \
    hby80:180 hhcmc:120 hmyw0:180 hsl2c:120 hxrs0:180 i3tic:120 i8sg0:180 if1yc:120 ijt40:180 \
    iqaec:120 iv1k0:180 j1qmc:120 j6a00:180 jcz2c:120 jhig0:180 jo7ic:120 jsqw0:180 jzfyc:120 \
    k4740:180 kaoec:120 kffk0:180 klwuc:120 kqo00:180 kxd2c:120 l1wg0:180 l8lic:120 ld4w0:180 \
    ljm6c:120 lol40:180 lumuc:120 lztk0:180 m5nic:120 mb200:180 mggec:120 mmag0:180 mrh2c:120 \
    msrs0:180 mszic:120 mxiw0:180 n2hqc:120 n3sg0:180 n47yc:120 n8rc0:180 ndamc:120 net40:180 \
    nfgec:120 nk7k0:180 nobac:120 npm00:180 nqouc:120 nvg00:180 nz46c:120 o0mo0:180 o1xac:120 \
    o6og0:180 oa4uc:120 obnc0:180 oddic:120 ohww0:180 ol5ic:120 omg80:180 oolyc:120 ot5c0:180 \
    ovyec:120 oxgw0:180 ozuec:120 p4lk0:180 p6z2c:120 p89s0:180 pb2uc:120 pfu00:180 phzqc:120 \
    pjag0:180 pmbac:120 pr2g0:180 pssmc:120 pub40:180 pxjqc:120 q2aw0:180 q3tac:120 q5400:180 \
    q8zyc:120 qdjc0:180 qem6c:120 qg4o0:180 qk8ec:120 qors0:180 qpmuc:120 qr5c0:180 qvguc:120 \
    r0800:180 r0nic:120 r1y80:180 r6pac:120
    Asia/Hebron|EET-2EEST,M3.4.4/50,M10.4.4/50|120 3f8o:180 91f0:120 enoo:180 k9v0:120 pw4o:180 \
    vib0:120 114ko:180 16qr0:120 1cd0o:180 1hjoo:120 1nlgo:180 1swmc:120 1yfgo:180 23sr0:120 \
    29p0o:180 2esec:120 2kv8o:180 2ppn0:120 2w3oo:180 312ko:120 37c4o:180 3blf0:120 3iscp:180 \
    3mjv0:120 3ng4o:180 3oej0:120 3u0so:180 3zf8o:120 4598o:180 4avf0:120 4ghoo:180 4myz0:120 \
    4rr8o:180 4y7go:120 52zqc:180 59oso:120 5e86c:180 5kx8o:120 5pgmc:180 5w5oo:120 60voo:180 \
    67e30:120 6c58o:180 6imko:120 6ndoo:180 6u1oo:120 6yn8o:180 75bac:120 7axk0:180 7gjqc:120 \
    7ly80:180 7rs6c:120 7wyw0:180 830mc:120 87rs0:180 8e92c:120 8j080:180 8ppac:120 8u8o0:180 \
    90xqc:120 95h40:180 9c66c:120 9gxc0:180 9nemc:120 9s5s0:180 9yn2c:120 a3e80:180 aa3ac:120 \
    aemo0:180 albqc:120 apv40:180 awk6c:120 b13k0:180 b7smc:120 bcjs0:180 bitac:120 bns80:180 \
    bttyc:120 bz0o0:180 c4muc:120 ca940:180 cfnic:120 clhk0:180 cqgec:120 cryw0:180 cs6mc:120 \
    cwxs0:180 d1h2c:120 d2rs0:180 d3f2c:120 d8680:180 dchqc:120 ddsg0:180 denic:120 djeo0:180 \
    dnamc:120 dot40:180 dpvyc:120 dun40:180 dybac:120 dzm00:180 e1c6c:120 e5vk0:180 e9byc:120 \
    eamo0:180 eckmc:120 eh400:180 ek4uc:120 elnc0:180 ent2c:120 esk80:180 ev5ic:120 ewg80:180 \
    ez1ic:120 f3so0:180 f5yec:120 f7gw0:180 fa9yc:120 ff140:180 fgz2c:120 fi9s0:180 flq6c:120 \
    fq9k0:180 frzqc:120 ftag0:180 fwymc:120 g1i00:180 g2smc:120 g4b40:180 g872c:120 gcy80:180 \
    gdtac:120 gf400:180 gjfic:120 go6o0:180 gom6c:120 gq4o0:180 gunyc:120 gzf40:180 gzmuc:120 \
    h15c0:180 h5wec:120 hby80:180 hhcmc:120 hmyw0:180 hsl2c:120 hxrs0:180 i3tic:120 i8sg0:180 \
    if1yc:120 ijt40:180 iqaec:120 iv1k0:180 j1qmc:120 j6a00:180 jcz2c:120 jhig0:180 jo7ic:120 \
    jsqw0:180 jzfyc:120 k4740:180 kaoec:120 kffk0:180 klwuc:120 kqo00:180 kxd2c:120 l1wg0:180 \
    l8lic:120 ld4w0:180 ljm6c:120 lol40:180 lumuc:120 lztk0:180 m5nic:120 mb200:180 mggec:120 \
    mmag0:180 mrh2c:120 msrs0:180 mszic:120 mxiw0:180 n2hqc:120 n3sg0:180 n47yc:120 n8rc0:180 \
    ndamc:120 net40:180 nfgec:120 nk7k0:180 nobac:120 npm00:180 nqouc:120 nvg00:180 nz46c:120 \
    o0mo0:180 o1xac:120 o6og0:180 oa4uc:120 obnc0:180 oddic:120 ohww0:180 ol5ic:120 omg80:180 \
    oolyc:120 ot5c0:180 ovyec:120 oxgw0:180 ozuec:120 p4lk0:180 p6z2c:120 p89s0:180 pb2uc:120 \
    pfu00:180 phzqc:120 pjag0:180 pmbac:120 pr2g0:180 pssmc:120 pub40:180 pxjqc:120 q2aw0:180 \
    q3tac:120 q5400:180 q8zyc:120 qdjc0:180 qem6c:120 qg4o0:180 qk8ec:120 qors0:180 qpmuc:120 \
    qr5c0:180 qvguc:120 r0800:180 r0nic:120 r1y80:180 r6pac:120
    Asia/Hong_Kong Hongkong|HKT-8|
    Asia/Hovd|<+07>-7|420 ewfo:480 jni0:420 p9ro:480 uvy0:420 10i7o:480 164e0:420 1bqno:480 \
    1hcu0:420 1mz3o:480 1sla0:420 1y7jo:480 241i0:420 4rr3o:480 4xd6o:420 52zjo:480 58lmo:420
    Asia/Irkutsk|<+08>-8|480 2m60:540 9ba0:480 dum0:540 kjq0:480 pau0:540 vs60:480 10ja0:540 \
    170m0:480 1brq0:540 1igu0:480 1n060:540 1tpa0:480 1y8m0:540 24xq0:480 29h20:540 2g660:480 \
    2kxa0:540 2rem0:480 2w5q0:540 32n20:480 37e60:540 3e3a0:480 3imm0:540 4n10c:480
    Asia/Istanbul Europe/Istanbul Turkey|<+03>-3|120 2mec:180 9bic:120 duuc:180 kjyc:120 pb2c:180 \
    vsec:120 10jic:180 170uc:120 1bryc:180 1ih2c:120 1n0ec:180 1tpic:120 1y8uc:180 24xyc:120 \
    29hdo:180 2g6ho:120 2kxlo:180 2rexo:120 2w61o:180 32ndo:120 37eho:180 3e3lo:120 3io1o:180 \
    3pc1o:120 3tvdo:180 40kho:120 45blo:180 4bsxo:120 4gl5o:180 4n1do:120 4rsho:180 4ypdo:120 \
    530xo:180
    Asia/Jakarta Asia/Pontianak|WIB-7|
    Asia/Jayapura|WIT-9|
    Asia/Jerusalem Asia/Tel_Aviv Israel|IST-2IDT,M3.4.4/26,M10.5.0|120 37k0:180 8lwo:120 ebic:180 \
    ji4o:120 p8uc:180 v64o:120 10hac:180 16b8o:120 1c32c:180 1h9oo:120 1n600:180 1t26c:120 \
    1yeg0:180 242uc:120 29mw0:180 2evqc:120 2kvc0:180 2qric:120 2w3s0:180 31s6c:120 37c80:180 \
    3cl2c:120 3isg0:180 3oguc:120 3u0w0:180 3zhic:120 459c0:180
    Asia/Kabul|<+0430>-4:30|
    Asia/Karachi|PKT-5|300 pino:360 v4u0:300 2mvbo:360 2rla0:300 2wono:360 32uu0:300
    Asia/Kashgar Asia/Thimbu Asia/Thimphu Asia/Urumqi Etc/GMT-6 Indian/Chagos|<+06>-6|
    Asia/Kathmandu Asia/Katmandu|<+0545>-5:45|
    Asia/Khandyga|<+09>-9|540 2m4c:600 9b8c:540 dukc:600 kjoc:540 pasc:600 vs4c:540 10j8c:600 \
    170kc:540 192x0:600 1brmo:660 1igqo:600 1n02o:660 1tp6o:600 1y8io:660 24xmo:600 29gyo:660 \
    2g62o:600 2kx6o:660 2reio:600 2w5mo:660 32myo:600 37e2o:660 3e36o:600 3imio:660 3nv9o:600 \
    4n0yo:540
    Asia/Krasnoyarsk|<+07>-7|420 2m7o:480 9bbo:420 duno:480 kjro:420 pavo:480 vs7o:420 10jbo:480 \
    170no:420 1brro:480 1igvo:420 1n07o:480 1tpbo:420 1y8no:480 24xro:420 29h3o:480 2g67o:420 \
    2kxbo:480 2reno:420 2w5ro:480 32n3o:420 37e7o:480 3e3bo:420 3imno:480 4n120:420
    Asia/Magadan|<+11>-11|660 2m10:720 9b50:660 duh0:720 kjl0:660 pap0:720 vs10:660 10j50:720 \
    170h0:660 1brl0:720 1igp0:660 1n010:720 1tp50:660 1y8h0:720 24xl0:660 29gx0:720 2g610:660 \
    2kx50:720 2reh0:660 2w5l0:720 32mx0:660 37e10:720 3e350:660 3imh0:720 4n0vc:600 53vmo:660
    Asia/Makassar Asia/Ujung_Pandang|WITA-8|
    Asia/Manila|PST-8|
    Asia/Nicosia EET Europe/Athens Europe/Bucharest Europe/Helsinki Europe/Kiev Europe/Kyiv \
    Europe/Mariehamn Europe/Nicosia Europe/Sofia Europe/Uzhgorod \
    Europe/Zaporozhye|EET-2EEST,M3.5.0/3,M10.5.0/4|
    Asia/Novokuznetsk|<+07>-7|420 2m7o:480 9bbo:420 duno:480 kjro:420 pavo:480 vs7o:420 10jbo:480 \
    170no:420 1brro:480 1igvo:420 1n07o:480 1tpbo:420 1y8no:480 24xro:420 29h3o:480 2g67o:420 \
    2kxbo:480 2reno:420 2w5ro:480 32n3o:420 3e3dc:360 3impc:420
    Asia/Novosibirsk|<+07>-7|360 2m9c:420 9bdc:360 dupc:420 kjtc:360 paxc:420 vs9c:360 10jdc:420 \
    170pc:360 1brtc:420 1igxc:360 1n09c:420 1tpdc:360 1y8pc:420 24xtc:360 29h5c:420 2g69c:360 \
    2kxdc:420 2repc:360 2w5tc:420 32n5c:360 37e9c:420 3e3dc:360 3impc:420 4n13o:360 56oxc:420
    Asia/Omsk|<+06>-6|360 2m9c:420 9bdc:360 dupc:420 kjtc:360 paxc:420 vs9c:360 10jdc:420 \
    170pc:360 1brtc:420 1igxc:360 1n09c:420 1tpdc:360 1y8pc:420 24xtc:360 29h5c:420 2g69c:360 \
    2kxdc:420 2repc:360 2w5tc:420 32n5c:360 37e9c:420 3e3dc:360 3impc:420 4n13o:360
    Asia/Pyongyang|KST-9|540 4w2h0:510 5qqx0:540
    Asia/Qostanay|<+05>-5|300 2mb0:360 9bf0:300 dur0:360 kjv0:300 paz0:360 vsb0:300 10jf0:360 \
    170r0:300 1brv0:360 7kee0:300
    Asia/Qyzylorda|<+05>-5|300 2mb0:360 9bf0:300 dur0:360 kjv0:300 paz0:360 vsb0:300 10jf0:360 \
    170r0:300 1brv0:360 5xum0:300
    Asia/Rangoon Asia/Yangon Indian/Cocos|<+0630>-6:30|
    Asia/Sakhalin|<+11>-11|600 2m2o:660 9b6o:600 duio:660 kjmo:600 paqo:660 vs2o:600 10j6o:660 \
    170io:600 1brmo:660 1igqo:600 1n02o:660 1tp6o:600 1y8io:660 24xmo:600 29gyo:660 2g62o:600 \
    2kx6o:660 2reio:600 2w5mo:660 32myo:600 37e2o:660 3e36o:600 3imio:660 4n0x0:600 530io:660
    Asia/Seoul ROK|KST-9|
    Asia/Srednekolymsk|<+11>-11|660 2m10:720 9b50:660 duh0:720 kjl0:660 pap0:720 vs10:660 \
    10j50:720 170h0:660 1brl0:720 1igp0:660 1n010:720 1tp50:660 1y8h0:720 24xl0:660 29gx0:720 \
    2g610:660 2kx50:720 2reh0:660 2w5l0:720 32mx0:660 37e10:720 3e350:660 3imh0:720 4n0vc:660
    Asia/Tbilisi|<+04>-4|240 2m9c:300 9bbo:240 dupc:300 kjro:240 paxc:300 vs7o:240 10jdc:300 \
    170no:240 1brtc:300 1ekvo:240 1ih2c:180 1n0ec:240
    Asia/Tehran Iran|<+0330>-3:30|210 2gq6:270 854i:210 dre6:270 jfsi:210 p0y6:270 upci:210 \
    10ai6:270 15ywi:210 1bk26:270 1h8gi:210 1muq6:270 1sj4i:210 2kne6:270 2qbsi:210 2vy26:270 \
    31mgi:210 377m6:270 3cw0i:210 3ih66:270 3o5ki:210 3tqq6:270 3zf4i:210 451e6:270 4apsi:210 \
    4gay6:270 4lzci:210 4rki6:270 4x8wi:210 52u26:270 58igi:210 5e4q6:270 5jt4i:210 5pea6:270 \
    5v2oi:210 60nu6:270 66c8i:210 6bxe6:270 6hlsi:210 6n826:270 6swgi:210 6yhm6:270 7460i:210
    Asia/Tokyo Japan|JST-9|
    Asia/Tomsk|<+07>-7|420 2m7o:480 9bbo:420 duno:480 kjro:420 pavo:480 q9bo:420 vs9c:360 \
    10jdc:420 170pc:360 1brtc:420 1igxc:360 1n09c:420 1tpdc:360 1y8pc:420 24xtc:360 29h5c:420 \
    2g69c:360 2kxdc:420 2repc:360 2w5tc:420 32n5c:360 37e9c:420 3e3dc:360 3impc:420 4n13o:360 \
    54ypc:420
    Asia/Ust-Nera|<+10>-10|660 2m10:720 9b50:660 duh0:720 kjl0:660 pap0:720 vs10:660 10j50:720 \
    170h0:660 1brl0:720 1igp0:660 1n010:720 1tp50:660 1y8h0:720 24xl0:660 29gx0:720 2g610:660 \
    2kx50:720 2reh0:660 2w5l0:720 32mx0:660 37e10:720 3e350:660 3imh0:720 3nv80:660 4n0x0:600
    Asia/Vladivostok|<+10>-10|600 2m2o:660 9b6o:600 duio:660 kjmo:600 paqo:660 vs2o:600 10j6o:660 \
    170io:600 1brmo:660 1igqo:600 1n02o:660 1tp6o:600 1y8io:660 24xmo:600 29gyo:660 2g62o:600 \
    2kx6o:660 2reio:600 2w5mo:660 32myo:600 37e2o:660 3e36o:600 3imio:660 4n0x0:600
    Asia/Yakutsk|<+09>-9|540 2m4c:600 9b8c:540 dukc:600 kjoc:540 pasc:600 vs4c:540 10j8c:600 \
    170kc:540 1broc:600 1igsc:540 1n04c:600 1tp8c:540 1y8kc:600 24xoc:540 29h0c:600 2g64c:540 \
    2kx8c:600 2rekc:540 2w5oc:600 32n0c:540 37e4c:600 3e38c:540 3imkc:600 4n0yo:540
    Asia/Yekaterinburg|<+05>-5|300 2mb0:360 9bf0:300 dur0:360 kjv0:300 paz0:360 vsb0:300 10jf0:360 \
    170r0:300 1brv0:360 1igz0:300 1n0b0:360 1tpf0:300 1y8r0:360 24xv0:300 29h70:360 2g6b0:300 \
    2kxf0:360 2rer0:300 2w5v0:360 32n70:300 37eb0:360 3e3f0:300 3imr0:360 4n15c:300
    Asia/Yerevan|<+04>-4|240 2mco:300 9bgo:240 duso:300 kjwo:240 pb0o:300 vsco:240 10jgo:300 \
    170so:240 1brwo:300 1ih0o:240 1n0co:300 1tpgo:240 1y8so:300 24xwo:240 29h8o:300 2g6co:240 \
    2kxgo:300 2reso:240 2w5wo:300 32n8o:240 37eco:300 3e3go:240 3imso:300 3pbwo:240
    Atlantic/Azores|<-01>1<+00>,M3.5.0/0,M10.5.0/1|
    Atlantic/Canary Atlantic/Faeroe Atlantic/Faroe Atlantic/Madeira Europe/Lisbon Portugal \
    WET|WET0WEST,M3.5.0/1,M10.5.0|
    Atlantic/Cape_Verde Etc/GMT+1|<-01>1|
    Atlantic/South_Georgia Etc/GMT+2|<-02>2|
    Atlantic/Stanley|<-03>3|-180 39x0:-240 7tao:-180 eigc:-240 iu20:-180 pyoc:-240 u2i0:-180 \
    1174c:-240 15iq0:-180 1cfkc:-240 1gr60:-180 1no0c:-240 1rzm0:-180 1ywgc:-240 23820:-180 \
    2a4wc:-240 2egi0:-180 2ll4c:-240 2pwq0:-180 2wtkc:-240 31560:-180 3820c:-240 3cdm0:-180
    Australia/ACT Australia/Canberra Australia/Melbourne Australia/NSW Australia/Sydney \
    Australia/Victoria|AEST-10AEDT,M10.1.0,M4.1.0/3|660 2m2o:600 7d6o:660 duio:600 kjmo:660 \
    paqo:600 vs2o:660 10j6o:600 170io:660 1brmo:600 1igqo:660 1n02o:600 1tp6o:660 1ygao:600 \
    24xmo:660 29gyo:600 2g62o:660
    Australia/Adelaide Australia/Broken_Hill Australia/South \
    Australia/Yancowinna|ACST-9:30ACDT,M10.1.0,M4.1.0/3|630 2m3i:570 9b7i:630 duji:570 kjni:630 \
    pari:570 vs3i:630 10j7i:570 170ji:630 1brni:570 1igri:630 1n03i:570 1tp7i:630 1ygbi:570 \
    24xni:630 29gzi:570 2g63i:630
    Australia/Brisbane Australia/Lindeman Australia/Queensland|AEST-10|
    Australia/Currie Australia/Hobart Australia/Tasmania|AEST-10AEDT,M10.1.0,M4.1.0/3|660 2m2o:600 \
    7d6o:660 duio:600 jwao:660 paqo:600 v4qo:660 10j6o:600 16d6o:660 1brmo:600 1hlmo:660 1n02o:600 \
    1su2o:660 1ygao:600 242io:660 29gyo:600 2fiqo:660
    Australia/Darwin Australia/North|ACST-9:30|
    Australia/Eucla|<+0845>-8:45|525 260kr:585 29h0r:525 2g64r:585 2kx8r:525 2rekr:585 2w5or:525
    Australia/LHI Australia/Lord_Howe|<+1030>-10:30<+11>-11,M10.1.0,M4.1.0|660 2m10:630 7d5u:660 \
    duh0:630 kjlu:660 pap0:630 vs1u:660 10j50:630 170hu:660 1brl0:630 1igpu:660 1n010:630 \
    1tp5u:660 1yg90:630 24xlu:660 29gx0:630 2g61u:660
    Australia/Perth Australia/West|AWST-8|480 260m0:540 29h20:480 2g660:540 2kxa0:480 2rem0:540 \
    2w5q0:480
    Chile/EasterIsland Pacific/Easter|<-06>6<-05>,M9.1.6/22,M4.1.6/22|-300 2710:-360 8w6o:-300 \
    dfh0:-360 k4mo:-300 onx0:-360 vd2o:-300 zwd0:-360 16lio:-300 1bcl0:-360 1htyo:-300 1ml10:-360 \
    1t2eo:-300 1xth0:-360 24imo:-300 291x0:-360 2fr2o:-300 2kxp0:-360 2qzio:-300 2vql0:-360 \
    327yo:-300 37md0:-360 3dgeo:-300 3jxp0:-360 3n6eo:-300 3uyd0:-360 3yueo:-300 466t0:-360 \
    4aamo:-300 4hf90:-360 4lj2o:-300 54jh0:-360 57cmo:-300 5frx0:-360 5il2o:-300 5r0d0:-360 \
    5ttio:-300 615x0:-360 65x2o:-300 6ced0:-360 6h5io:-300 6nmt0:-360 6sdyo:-300 6yv90:-360 \
    73u6o:-300
    Eire Europe/Dublin|IST-1GMT0,M10.5.0,M3.5.0/1|
    Etc/GMT+10 Pacific/Rarotonga Pacific/Tahiti|<-10>10|
    Etc/GMT+11 Pacific/Niue|<-11>11|
    Etc/GMT+12|<-12>12|
    Etc/GMT+6 Pacific/Galapagos|<-06>6|
    Etc/GMT+7|<-07>7|
    Etc/GMT+8 Pacific/Pitcairn|<-08>8|
    Etc/GMT+9 Pacific/Gambier|<-09>9|
    Etc/GMT-1|<+01>-1|
    Etc/GMT-11 Pacific/Efate Pacific/Guadalcanal Pacific/Kosrae Pacific/Noumea Pacific/Pohnpei \
    Pacific/Ponape|<+11>-11|
    Etc/GMT-12 Kwajalein Pacific/Funafuti Pacific/Kwajalein Pacific/Majuro Pacific/Nauru \
    Pacific/Tarawa Pacific/Wake Pacific/Wallis|<+12>-12|
    Etc/GMT-13 Pacific/Enderbury Pacific/Kanton|<+13>-13|
    Etc/GMT-14 Pacific/Kiritimati|<+14>-14|
    Etc/GMT-2|<+02>-2|
    Etc/GMT-9 Pacific/Palau|<+09>-9|
    Etc/UCT Etc/UTC Etc/Universal Etc/Zulu UCT UTC Universal Zulu|UTC0|
    Europe/Astrakhan Europe/Ulyanovsk|<+04>-4|180 2mec:240 9bic:180 duuc:240 kjyc:180 pb2c:240 \
    vsec:180 10jic:240 170uc:180 1bryc:240 1ih2c:180 1n0ec:240 1tpic:180 1y8uc:240 24xyc:180 \
    29hac:240 2g6ec:180 2kxic:240 2reuc:180 2w5yc:240 32nac:180 37eec:240 3e3ic:180 3imuc:240 \
    4n18o:180 530uc:240
    Europe/Belfast Europe/Guernsey Europe/Isle_of_Man Europe/Jersey Europe/London GB \
    GB-Eire|GMT0BST,M3.5.0/1,M10.5.0|
    Europe/Chisinau Europe/Tiraspol|EET-2EEST,M3.5.0,M10.5.0/3|
    Europe/Kaliningrad|EET-2|120 2mg0:180 9bk0:120 duw0:180 kk00:120 pb40:180 vsg0:120 10jk0:180 \
    170w0:120 1bs00:180 1ih40:120 1n0g0:180 1tpk0:120 1y8w0:180 24y00:120 29hc0:180 2g6g0:120 \
    2kxk0:180 2rew0:120 2w600:180 32nc0:120 37eg0:180 3e3k0:120 3imw0:180 4n1ac:120
    Europe/Kirov Europe/Moscow W-SU|MSK-3|180 2mec:240 9bic:180 duuc:240 kjyc:180 pb2c:240 \
    vsec:180 10jic:240 170uc:180 1bryc:240 1ih2c:180 1n0ec:240 1tpic:180 1y8uc:240 24xyc:180 \
    29hac:240 2g6ec:180 2kxic:240 2reuc:180 2w5yc:240 32nac:180 37eec:240 3e3ic:180 3imuc:240 \
    4n18o:180
    Europe/Minsk|<+03>-3|120 2mg0:180 9bk0:120 duw0:180 kk00:120 pb40:180 vsg0:120 10jk0:180 \
    170w0:120 1bs00:180 1ih40:120 1n0g0:180 1tpk0:120 1y8w0:180 24y00:120 29hc0:180 2g6g0:120 \
    2kxk0:180 2rew0:120 2w600:180 32nc0:120 37eg0:180 3e3k0:120 3imw0:180
    Europe/Riga|EET-2EEST,M3.5.0/3,M10.5.0/4|120 duxo:180
    Europe/Samara|<+04>-4|240 2mco:300 9bgo:240 duso:300 kjwo:240 pb0o:300 vsco:240 10jgo:300 \
    170so:240 1brwo:300 1ih0o:240 1n0co:300 1tpgo:240 1y8so:300 24xwo:240 29h8o:300 2g6co:240 \
    2kxgo:300 2reso:240 2w5wo:300 32n8o:240 3e3ic:180 3imuc:240
    Europe/Saratov|<+04>-4|180 2mec:240 9bic:180 duuc:240 kjyc:180 pb2c:240 vsec:180 10jic:240 \
    170uc:180 1bryc:240 1ih2c:180 1n0ec:240 1tpic:180 1y8uc:240 24xyc:180 29hac:240 2g6ec:180 \
    2kxic:240 2reuc:180 2w5yc:240 32nac:180 37eec:240 3e3ic:180 3imuc:240 4n18o:180 5asuc:240
    Europe/Simferopol|MSK-3|120 2mho:180 9blo:120 duxo:180 kk1o:120 pb5o:180 vsho:120 10jlo:180 \
    170xo:120 1bs1o:180 1ih5o:120 1n0ho:180 1tplo:120 1y8xo:180 24y1o:120 29hdo:180 2g6ho:120 \
    2kxlo:180 2rexo:120 2w61o:180 32ndo:120 37eho:180 3e3lo:120 3imxo:180 3pc1o:120 3tvdo:180 \
    40kho:120 45blo:180 4bsxo:120 4gk00:240 4n18o:180
    Europe/Tallinn|EET-2EEST,M3.5.0/3,M10.5.0/4|120 pb5o:180
    Europe/Vilnius|EET-2EEST,M3.5.0/3,M10.5.0/4|120 10jlo:180
    Europe/Volgograd|MSK-3|180 2mec:240 9bic:180 duuc:240 kjyc:180 pb2c:240 vsec:180 10jic:240 \
    170uc:180 1bryc:240 1ih2c:180 1n0ec:240 1tpic:180 1y8uc:240 24xyc:180 29hac:240 2g6ec:180 \
    2kxic:240 2reuc:180 2w5yc:240 32nac:180 37eec:240 3e3ic:180 3imuc:240 4n18o:180 5w6uc:240 \
    6kloo:180
    Factory|<-00>0|
    HST Pacific/Honolulu Pacific/Johnston US/Hawaii|HST10|
    Indian/Mauritius|<+04>-4|240 2reso:300 2w5v0:240
    MET|MET-1MEST,M3.5.0,M10.5.0/3|
    NZ-CHAT Pacific/Chatham|<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45|825 2e7c:765 8fzc:825 \
    dmnc:765 jw7c:825 ov3c:765 v4nc:825 103jc:765 16d3c:825 1bjrc:765 1hljc:825 1ms7c:765 \
    1stzc:825 1y0nc:765 242fc:825 2993c:765 2favc:825
    Pacific/Apia|<+13>-13|-660 3d16c:-600 3iu7c:-660 3o8nc:-600 3r88o:840 3u2nc:780 3zovc:840 \
    45ivc:780 4axbc:840 4grbc:780 4m5rc:840 4rzrc:780 4xe7c:840 5387c:780 58mnc:840 5egnc:780 \
    5jv3c:840 5pp3c:780 5vbbc:840 615bc:780 66jrc:840 6cdrc:780 6hs7c:840 6nm7c:780
    Pacific/Bougainville|<+11>-11|600 4oyyo:660
    Pacific/Fakaofo|<+13>-13|-660 3r8ac:780
    Pacific/Fiji|<+12>-12|780 1qvc:720 33prc:780 37dzc:720 3dvbc:780 3hz3c:720 3p3rc:780 3rwvc:720 \
    40c7c:780 435bc:720 4bsfc:780 4edpo:720 4n8nc:780 4pm7c:720 4yh3c:780 50unc:720 59xbc:780 \
    5c33c:720 5l5rc:780 5nbjc:720 5we7c:780 5yjzc:720 67ufc:780 69sfc:720 6kdjc:780 6l8nc:720
    Pacific/Guam Pacific/Saipan|ChST-10|
    Pacific/Marquesas|<-0930>9:30|
    Pacific/Midway Pacific/Pago_Pago Pacific/Samoa US/Samoa|SST11|
    Pacific/Norfolk|<+11>-11<+12>,M10.1.0,M4.1.0/3|690 4xm06:660 66rl0:720
    Pacific/Tongatapu|<+13>-13|840 2e5o:780 9ito:840 c440:780 kr9o:840 nck0:780 59x9o:840 \
    5c31o:780
    """
}
