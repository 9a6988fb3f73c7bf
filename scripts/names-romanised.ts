/**
 * Names that the packages read by generate-names.ts lack or have in other scripts only: as they are written in Latin letters. Facts, gathered by
 * hand from what is common in each language.
 */
const split = (text: string): string[] => text.split(/\s+/).filter(Boolean);

/** Arabic, Bengali, Chinese (pinyin, Wade-Giles, Hong Kong), Ethiopian, Greek, Hindi, Igbo, Japanese, Korean, Persian, Russian, Somali, Tamil, Thai, Turkish, Urdu, Vietnamese, Yoruba, Zulu. */
export const ROMANISED_FAMILY: readonly string[] = split(`
abboud abdelrahman abdi abdulkadir abdullahi abebe acheampong adebayo adekunle adeleke adewale adeyemi afolabi agarwal aggarwal ahmadi ahmed
ahn akhtar akinola akintola alemu alexandrov alexopoulos alfarsi alhaddad alharbi alghamdi almutairi alotaibi alqahtani alrashid alsaud
alvi amadi aminu amoah anand andreev antonov aoki appiah arai arora asante asefa assefa azikiwe babangida begum bibi akhter khatoon uddin ullah hossain islam chowdhury bae baek bai balakrishnan
balasubramanian banda banerjee bangura bao barzani basu bekele belov berhane bhatia bhatt bhattacharya bian bien biswas boateng bogdanov
bondarenko boutros bui buthelezi cai cao celik cetin chakraborty chan chandrasekaran chandrasekhar chang chao chatterjee chaudhary chaudhry
chavan chen cheng cheung chiang chiba chin chinwe cho choi chopra chou choudhury chow christodoulou chu chua chukwu chukwuma chung coulibaly cui
dang dao das dasgupta datta demir demirci desai deshmukh deshpande devi dhillon diallo dinh dikshit dlamini do doan dogan dong dubey duong
egbe egorov eguchi ekwueme endo eze ezekwesili fan fang farah farahani fedorov feng fofana fong fu fujii fujimoto fujita fujiwara fukuda
fung ganesan ganguly gao garba gebremariam gebremedhin gebreselassie gerasimov ghosh gill gong gopal gopalakrishnan goto goyal grewal gu guo gupta gurung
ha haddad hailu hakimi han haile hamdan harada hasegawa hashemi hashimoto hassan hayashi he ho hoang hong hosseini hou hsieh hsu hu huang
hui hung hussain hwang ibrahim igwe ikeda imai inoue ishii ishikawa islam ismail ito ivanov ivanova iwasaki iyer jadhav jafari jain jamal jang
jeon jeong jha ji jia jiang jimoh jin johal joshi jung kabir kagawa kamara kamau kang kaneko kapadia kapoor karimi karthikeyan kato kaur
kawaguchi kawamura kaya kebede keita khalil khamis khan khanna khatun khumalo kikuchi kim kimani kimura kipchoge kobayashi koh kondo kovalenko
kozlov krishnamurthy krishnan kulkarni kumar kumari kurosawa kuznetsov kuznetsova kwan kwok kyei lai lakshmanan lam lau lebedev lee lei leung li liang liao lim
lin ling liu lo loh long lu lui luo luong luu ma mabaso madhavan mahadevan maharaj mahendran mahlangu mahmoud mahmud makarov makwana malhotra malik
mansour maruyama masuda matsuda matsumoto matsushita mbeki mehra mehrotra mehta melnyk mensah menon miah mikhailov minamoto mishra mitra miura
miyamoto miyazaki mohamed mohammadi mokoena moon morozov moyo mukherjee mukhopadhyay murakami muralidharan murthy murugan musa mwangi mutasa
nadar naidoo naidu nair nakagawa nakajima nakamura nakano nakayama narayan narayanan nasser natarajan ncube ndiaye ndlovu negash ng ngo nguyen nikolaev
nikolaidis nishimura njoroge nkosi nkrumah noor nowak novikov ntuli nwachukwu nwosu obi obiora ochieng oduya oh okada okafor okamoto
okeke okoli okonkwo okoro okoye oladipo olaniyan oluwole omondi onyango orlov osei otieno ouedraogo ouyang owusu oyelaran ozdemir ozturk padmanabhan pai
pan panagopoulos pandey pandya papadakis papadimitriou papadopoulos parikh park parmar patel patil pavlov peng petrenko petrov petrova petrovic pham phan phung pillai
popov prakash prasad qian qin qiu qureshi quach rahman rahimi rajagopalan rajan rajput ramachandran ramakrishnan raman ramanathan ramaswamy rana ranganathan
rao rashid rathore ravi reddy ren rezaei romanenko romanov roy ryu saha sahin sahni saito sakai sakamoto salah saleh samuelian sandhu
sano sarkar sarma sasaki sato savchenko seidu selassie semenov sen seo seth sethi shah shaikh shankar sharma shastri shen shevchenko shi shim
shimada shimizu shin shinde shrestha shukla siddiqui sidhu singh singhal sinha sithole siu smirnov sokolov sokolova solomon somchai song
soni soto sow srinivasan srivastava stepanov su subramaniam subramanian sugiyama suleiman sun sung suresh suzuki sy ta tadesse takada takagi
takahashi takeda takeuchi tam tamang tan tanaka tandon tang tao tekle teo tesfaye thakur thapa thiruvengadam tian to tokarev ton tong toure tran
traore trinh trivedi truong tsai tsang tse tseng tshabalala tsui tu uchida ueda ueno umar upadhyay usman varghese varma vasiliev
venkataraman venkatesan venkatesh verma viswanathan volkov vo vu vuong vyas wada wang wanjiru warsame watanabe wei weng wijaya woldemariam wong woo
wu xi xia xiang xiao xie xing xiong xu xue yadav yamada yamaguchi yamamoto yamashita yamazaki yan yang yao ye yeung yi yildirim yildiz yilmaz yin ying yoon yoshida yoshikawa you
yu yuan yun yusuf zafar zaitsev zeng zewde zhai zhan zhang zhao zheng zhong zhou zhu zhuang zulu zuma`);

export const ROMANISED_GIVEN: readonly string[] = split(`
aarav aditi aditya adaeze adaobi ade adebola adunni afsana agnieszka ahmad aigerim aiko ajay akash akemi akhil akira akua aleksandr aleksei alem
ali alisher aliya amadou amara ameena amina aminata amir amit amita amrita anan ananya anas anastasia anil anita anjali ankit anoush ansh anushka
anwar aoi aparna arash archana arjun arnav artyom arun aruna arvind aryan asami ashok ashwin asif asuka ayaan ayako ayano ayesha ayumi azadeh baolin baraka
behrouz bernadett bhavna bilal bilge bintou birgul bolanle boris boyang bunmi bushra can cem chandra chayton chiamaka chidi chidinma chieko chihiro chike chimamanda
chinedu chinonso chioma chukwuemeka chunhua dae daichi daiki daisuke damilola daniyar dararath darya deepa deepak deepika devansh dinesh dilip divya dmitri dmitry
dong-hyun ebele efua ekaterina elif emeka emine emre erdem eun-ji evgeny ezinne fadi fahad faisal farah farhad farida faridah farzaneh fatemeh fatih fatima fatimah fatou
fatoumata feng feyza folake fumiko funmilayo gabriela galina ganesh gaurav geeta genki gita giorgos gopal gulnara habib hadiza hafsa hamid hamza hana hanako hao haruka haruki
haruko haruto hasan hassan hayato heba hideki hideo hina hiroki hiromi hiroshi hong hua huda hui hui-min husain hussein hyun-woo hyejin ibrahim ichiro ifeanyi ifeoma
ikechukwu ikram imran indira irina isha ishaan ivan iva jagdish jamila jaspreet javad jaya jayanthi jiahao jian jiang jianguo jie jin jing jingyi ji-woo jiho jiwon jisoo
joon-ho jun junichi junko kaede kahina kamala kamal kanako kaori karim karthik kavita kavitha kaito katsumi kazuki kazuo keiko keita kelechi kenichi kenji kenta khadija
khalid khanh kiran kofi kohei komal konstantin koji kunal kwabena kwaku kwame kyoko kyung lakshmi lan lata latifa layla leila li liang lijuan lihua lina linh lizhen
ling ludmila lyudmila madhu madoka mahmoud mai mai-linh makoto mako malaika malika mamadou manish manoj mansi mariam mariama maryam masako masashi masato mayumi mayu
meena meera megumi mehdi mehmet mei meiling michiko midori mika miki mikhail min min-jun ming minh minato miho misaki mitsuko miyuki mohamed mohammad mohammed mohan
mohit moussa muhammad mukesh murali mustafa nadia nadine naoki naoko naomi narges nasreen nasrin natalia natsuki navneet nazanin neha nia nikhil nikita nikolai nima nisha
nitin nkechi nneka nobuko noor noriko nour nuno nur oksana olamide olga oluchi olusegun oluwaseun omar omari onyeka osamu ousmane padma pallavi parisa parveen pavel payam
pooja prabhu pradeep prakash pranav prasanna prashant pratik praveen preeti priya priyanka purnima quang quoc qiang qing rachana radha rafiq raghav rahul raj raja rajesh rajeev
rajiv rajendra rakesh ramesh ramya rania ranjit rashid rashida rashmi ravi reiko reina rekha ren renu reza ricardo rika riko rina rin riya rohan rohit roxana ruchi rui
rukhsana ruslan ruth ryo ryota ryu saanvi sabina sachiko sachin sadia saeed sahar said sakura salma samir samira sana sandeep sanjay sanjeev santosh sara sarita
satoshi sayaka seiji selam selin semra seo-yeon sergei sergey serkan seung shabnam shalini shankar shanti shashi sheila shigeru shinji shiori shirin shiv
shivani sho shota shreya shu shyam siddharth simran sina sita sneha sonal soo-jin soyoung srinivas subhash sudha sujata sumit sumitra sunil sunita suresh
surya sushila svetlana swati tadashi takashi takeshi takumi tamiko tanvi tao tariq tatiana tatsuya temitope terumi tetsuya thabo thandiwe thanh thi thuy tigist tinh tomoko tomoya
tomas toru toshiko tsubasa tuan tunde uchenna uju umesh usha vandana vasily venkat vibha vidya vijay vikas vikram vinay vinod vivek vladimir vladislav vyacheslav wei weijie wen xia
xiang xiao xiaohong xiaoling xiaoming xiaoyan xin xinyi xiu xiuying xue yan yana yang yasmin yasuko yelena yetunde yevgeny yi yifan ying yoko yong yoshiko yosuke young-ho yu yuan yui yuka
yuki yukiko yuko yulia yumi yun yuri yusuf yusuke yuto zahra zainab zeynep zhen zheng zhenya zhi zhiyuan zi zixuan zodwa zoltan`);
