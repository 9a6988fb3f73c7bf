import { fold } from '../core/canonical.ts';

/** Given names and what their bearers are called by, a group a line: whoever has one of them may be called by any other. */
const GROUPS = `
abigail abby abbie gail | abraham abe bram | albert al bert | alexander alex alec sandy xander sascha | alexandra alex sandra lexi sasha
alfred al fred alfie | alice ali allie | allison allie ali | amanda mandy | andrew andy drew | angela angie | anita nita | ann anna anne annie nan nancy
anthony tony | antonia toni | arthur art artie | barbara barb babs barbie | beatrice bea trixie | benjamin ben benny benji | bernard bernie
beverly bev | bridget biddy | calvin cal | cameron cam | caroline carrie caro lina | catherine kate katie cathy kathy kat kit cat trina
charles charlie chuck chas chip | charlotte lottie charlie | christian chris | christina christine chris tina chrissy | christopher chris kit topher
clarence clair | clifford cliff | clinton clint | constance connie | cynthia cindy | daniel dan danny | david dave davey | deborah deb debbie
dennis denny | dolores lola | donald don donnie | donna | dorothy dot dottie dolly | douglas doug | edgar ed eddie | edith edie
edmund ed eddie ned | edward ed eddie ted teddy ned | edwin ed eddie | eleanor ellie nell nora elly | elizabeth liz lizzie beth betty betsy eliza libby lisa elsie bess ellie lilibet
emily em emmy | emma em emmy | ernest ernie | eugene gene | evelyn evie | florence flo florrie | frances fran francie fanny | francis frank fran
franklin frank | frederick fred freddie fritz rick | gabriel gabe | gabriella gabby ella | genevieve gen jenny | george georgie | gerald gerry jerry
gertrude trudy gertie | gilbert gil bert | gordon gordy | gregory greg | gwendolyn gwen wendy | harold harry hal | harriet hattie | harvey harv
helen nell nellie ellen lena | henrietta etta hettie | henry hank harry hal | herbert herb bert | howard howie | hubert hugh bert | ignatius iggy
isaac ike | isabella isabel bella izzy belle | jacob jake | jacqueline jackie | james jim jimmy jamie | jane janie jenny | janet jan
jason jay | jeffrey geoffrey jeff geoff | jennifer jen jenny | jeremiah jerry | jeremy jerry jem | jerome jerry | jessica jess jessie | joan joanie
john jack johnny jon | jonathan jon jonny nathan | joseph joe joey jo | josephine jo josie | joshua josh | joyce joy | judith judy jude | julia julie
julian jules | katherine kate katie kathy kay kit kat katya | kathleen kathy kate katie | kenneth ken kenny | kimberly kim | kristina kristine kris tina
lawrence laurence larry lars | leonard len lenny leo | leroy roy | leslie les | lillian lily lil | linda lindy | louis lou louie | louise lou
lucille lucy | lydia liddy | madeline maddie | magdalena lena magda | malcolm mal | margaret maggie meg peggy marge margie greta rita daisy peg
maria mary marie mia ria | marianne mary anne | marilyn mary | martha marty patty | martin marty | marvin marv | matthew matt matty | maureen mo
maximilian max | maxwell max | megan meg | melissa missy mel lissa | melvin mel | michael mike mick micky mitch mikey | michelle shelly | mildred millie
miriam mimi | mitchell mitch | mohammed mohamed muhammad mohammad mo | nancy nan | natalie nat | nathaniel nathan nate nat | nicholas nick nicky klaus
nicole nicky nikki | norman norm | oliver ollie | oscar oz | pamela pam | patricia pat patty trish tricia | patrick pat paddy | paul pauly | paula polly
penelope penny | peter pete | philip phillip phil | phyllis phyl | priscilla cilla | rachel rae | ralph ralphie | randall randy | raymond ray
rebecca becky becca | reginald reg reggie | richard rick dick rich ricky richie | robert bob bobby rob robbie bert | roberta bobbie | roger rodge | roland rollie
ronald ron ronnie | rosemary rose rosie | roxanne roxy | russell russ | ruth ruthie | samantha sam sammy | samuel sam sammy | sandra sandy | sarah sally sadie
sebastian seb bastian | sharon shari | sheila | shirley shirl | sidney sid | simon si | sophia sophie | stanley stan | stephanie steph steffi | stephen steven steve
stuart stu | susan sue susie suzy | sylvia syl | teresa theresa terry tess tessa | terrence terry | theodore ted teddy theo | thomas tom tommy
timothy tim timmy | tobias toby | valerie val | veronica ronnie vera | victor vic | victoria vicky tori vicki | vincent vince vinny | virginia ginny ginger
vivian viv | wallace wally | walter walt wally | warren | wendell | wilfred will fred | wilhelmina mina billie | willard will | william bill will billy wm willie liam
winifred winnie | zachary zach zack | jorge | francisco paco pancho | jose pepe | guadalupe lupe | ignacio nacho | jesus chuy | manuel manny manolo | rafael rafa
enrique quique | dolores lola | mercedes merche | concepcion concha | rosario charo | giuseppe beppe peppe | salvatore toto | domenico mimmo | aleksandr sasha | johannes hans jan
heinrich heinz | friedrich fritz | wolfgang wolf | elisabeth lisa sissi liesl | margarete grete gretel | dieter | jurgen | stanislaw staszek | malgorzata gosia | katarzyna kasia | jakub kuba
`;

const others = new Map<string, Set<string>>();
for (const group of GROUPS.split(/[|\n]/)) {
  const names = group.trim().split(/\s+/).filter(Boolean).map(fold);
  for (const name of names) {
    const known = others.get(name) ?? new Set<string>();
    for (const other of names) if (other !== name) known.add(other);
    others.set(name, known);
  }
}

const NONE: ReadonlySet<string> = new Set();

/** What somebody with this given name (folded) may be called by, and the names that such a name is short for. */
export function otherGivenNames(name: string): ReadonlySet<string> {
  return others.get(name) ?? NONE;
}
