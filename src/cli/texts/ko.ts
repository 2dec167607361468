// 명령줄의 모든 문구, 한국어. Every text of the command line in Korean.

import { checkTexts } from './check.ko.js';
import type { Texts } from './en.js';
import { modelTexts } from './models.ko.js';

export const ko: Texts = {
  ...checkTexts,
  ...modelTexts,

  // 도움말
  'help.program': '눈으로 보고, 확인하고, 실행하는 역전파.',
  'help.usage': '사용법:',
  'help.arguments': '인수:',
  'help.options': '옵션:',
  'help.commands': '명령:',
  'help.examples': '예:',
  'help.exit': '종료 코드:',
  'help.exit.list':
    '  0    정상 종료 (출력을 읽던 쪽이 먼저 닫은 경우 포함)\n  1    학습이 발산했거나, 확인한 것이 맞지 않음\n  2    잘못된 입력이거나 쓸 수 없는 위치\n  70   Chainrule 자체의 버그\n  130  Ctrl-C로 중단',
  'help.errors': '오류는 stderr로 나옵니다. --json을 쓰면 "error"와 "exitCode"를 담은 객체로 나옵니다.',
  'help.program.usage': '<명령> [옵션]',
  'help.help': '이 도움말을 보여 줍니다',
  'help.version': '버전을 보여 줍니다',
  'help.json': '결과를 JSON으로만 출력합니다',
  'help.quiet': '설명 없이 결과만 출력합니다',
  'help.lang': '언어: en 또는 ko (기본값: 시스템 언어)',
  'help.noColor': '색을 쓰지 않습니다 (환경 변수 NO_COLOR도 가능)',

  // 오류
  'error.prefix': '오류:',
  'error.unknownCommand': '{name} 명령은 없습니다',
  'error.unknownOption': '{name} 옵션은 없습니다',
  'error.missingArgument': '필요한 인수가 빠졌습니다: {name}',
  'error.optionMissingArgument': '{name} 옵션에 값이 없습니다',
  'error.excessArguments': '이 명령이 받는 것보다 인수가 많습니다',
  'error.didYouMean': '혹시 {name} 아닌가요?',
  'error.seeHelp': 'chainrule {command}--help 에서 쓸 수 있는 것을 볼 수 있습니다',
  'error.option': '{option}에 쓸 수 없는 값입니다: {value}. 필요한 값: {expected}',
  'error.oneOf': '다음 중 하나({names})',
  'error.number': '수',
  'error.whole': '정수',
  'error.above': '{least}보다 큰 {kind}',
  'error.atLeast': '{least} 이상의 {kind}',
  'error.below': '{least} 이상 {most} 미만의 {kind}',
  'error.between': '{least} 이상 {most} 이하의 {kind}',
  'error.aboveUpTo': '{least}보다 크고 {most} 이하인 {kind}',
  'error.list': '쉼표로 구분한 수(예: {example}), 각각 {kind}',
  'error.unknownDataset': '{name} 데이터셋은 없습니다. 쓸 수 있는 것: {names}',
  'error.notForDataset': '{dataset}에는 {option}을(를) 쓸 수 없습니다. 쓸 수 있는 데이터셋: {datasets}',
  'error.notForOptimizer':
    '{optimizer}에는 {option}을(를) 쓸 수 없습니다. 쓸 수 있는 최적화 방법: {optimizers}',
  'error.clusterStds':
    '--cluster-std에는 수 하나 또는 중심 {centers}개 각각의 수가 필요합니다. 받은 개수: {count}',
  'error.lesson': '예제는 1번부터 4번까지 있습니다. 받은 값: {value}',
  'error.at':
    '--at은 이름=값을 받으며, 여러 개는 쉼표로 구분합니다(예: --at x=1,w=[0.2,-0.4]). 받은 값: {value}',
  'error.atTwice': '--at에 {name}의 값이 두 번 나옵니다',
  'error.atUnused': '{expression}에는 변수 {name}이(가) 없습니다. 이 식의 변수: {names}',
  'error.atNone': '{expression}에는 변수 {name}이(가) 없습니다. 이 식에는 변수가 하나도 없습니다',
  'error.noValue': '{names}의 값이 없습니다. 다음과 같이 값을 주세요: --at {example}',
  'error.atValue': '--at {name}: {message}',
  'error.formatAndJSON': '--json과 --format {format}을(를) 함께 쓸 수 없습니다',
  'error.write': '{path}에 쓸 수 없습니다: {reason}',
  'error.write.ENOENT': '폴더가 없고 만들 수도 없습니다',
  'error.write.ENOTDIR': '경로 중간에 폴더가 아닌 파일이 있습니다',
  'error.write.EEXIST': '폴더가 필요한 자리에 같은 이름의 파일이 있습니다',
  'error.write.EISDIR': '같은 이름의 폴더가 있습니다',
  'error.write.EACCES': '권한이 없습니다',
  'error.write.EPERM': '허용되지 않은 작업입니다',
  'error.write.EROFS': '읽기 전용 파일 시스템입니다',
  'error.write.ENOSPC': '남은 공간이 없습니다',
  'error.write.ENAMETOOLONG': '이름이 너무 깁니다',
  'error.stdout': '출력을 쓸 수 없습니다: {reason}',
  'error.diverged': '학습이 발산했습니다. --learning-rate를 줄여 보세요',
  'error.interrupted': '중단했습니다. 파일은 쓰지 않았습니다',
  'error.interrupted.training':
    '전체 {epochs} 에포크 중 {epoch}번째에서 중단했습니다(마지막으로 끝난 에포크의 손실: {loss}). 파일은 쓰지 않았습니다',
  'error.bug': 'Chainrule의 버그입니다. 아래 내용을 알려 주시면 고치겠습니다',

  // 학습 과정
  'run.epoch': '에포크',
  'run.loss': '손실',
  'run.accuracy': '정확도',
  'run.training': '학습',
  'run.drawing': '그래프 그리기',
  'run.files': '저장한 파일',
  'plot.loss': '에포크별 손실',
  'plot.bceLoss': '에포크별 손실 (BCELoss)',
  'plot.accuracy': '에포크별 정확도',
  'plot.class': '클래스 {label}',
  'plot.boundary': 'p = 0.5',
  'plot.boundaryOfMany': '결정 경계',
  'plot.published': '강의 자료의 도함수',
  'plot.right': '올바른 도함수',

  // chainrule lesson
  'lesson.description':
    '강의 자료의 예제 네 개를 실제 수치와 함께 보여 줍니다. 번호를 주면 그 예제만 보여 줍니다.',
  'lesson.summary': '예제 네 개를 실제 수치와 함께',
  'lesson.usage': '[number] [옵션]',
  'lesson.number': '예제 번호, 1~4 (기본값: 네 개 모두)',
  'lesson.out': '보고서, 그래프, 학습 기록을 저장할 폴더 (기본값: out)',
  'lesson.files':
    'report.html을 저장하고, 예제 4에서는 training.svg와 .png, boundary.svg와 .png, history.csv, history.json도 저장합니다.',
  'lesson.report': '네 가지 예제로 배우는 역전파',
  'lesson.report.intro':
    '강의 자료의 예제를 직접 계산한 것과 Chainrule로 계산한 것입니다. 강의 자료에 실린 손실의 도함수는 틀렸으므로, 예제 2~4에서는 올바른 도함수와 나란히 보여 줍니다.',
  'lesson.notice': '눈여겨볼 점',
  'lesson.working': '예제',
  'lesson.step': '단계',
  'lesson.published': '강의 자료',
  'lesson.right': '올바른 식',
  'lesson.asPublished': '강의 자료의 도함수를 쓰면',
  'lesson.withRight': '올바른 도함수를 쓰면',

  'lesson1.title': '예제 1 · 연쇄 법칙',
  'lesson1.intro':
    '시그모이드 `a = 1 / (1 + exp(-z))`는 함수 네 개를 이어 놓은 것입니다. 순전파는 첫 함수부터 차례로 계산하면서 나중에 필요한 값을 기억해 둡니다. 역전파는 마지막 함수부터 거꾸로 가면서, 넘어온 상류 기울기에 자신의 국소 미분을 곱합니다.',
  'lesson1.forward': '순전파, z = {z}에서 시작',
  'lesson1.backward': '역전파, 마지막 함수부터',
  'lesson1.function': '함수',
  'lesson1.formula': '식',
  'lesson1.value': '값',
  'lesson1.derivative': '도함수',
  'lesson1.local': '국소 미분',
  'lesson1.upstream': '상류 기울기',
  'lesson1.product': '곱',
  'lesson1.chain': '`da/dz = {da_dz}`은(는) 네 국소 미분의 곱입니다: {factors}.',
  'lesson1.closed':
    '이 값은 `a * (1 - a) = {a} * {rest}`과(와) 같습니다. 시그모이드의 도함수를 구하는 데는 함숫값만 있으면 됩니다. 예제 2에서는 이 꼴을 씁니다.',
  'lesson1.library':
    '라이브러리에서는 `a.backward()`만으로 같은 결과를 얻습니다: `z.grad`는 {da_dz}입니다. 다른 식도 해 보세요: `chainrule explain "1/(1+exp(-z))" --at z=0`',

  'lesson2.title': '예제 2 · 인공 뉴런의 순전파와 역전파',
  'lesson2.intro':
    '표본 하나(`x = (1, 0)`, 목표값 `y = 0`)를 학습률 {lr}(으)로 {steps}번 학습합니다. 강의 자료와 같은 상태에서 시작합니다. 순전파에서는 예측값 `p`를 계산하고, 역전파에서는 손실의 도함수가 시그모이드를 거쳐 가중치와 편향까지 전달되어, 가중치와 편향을 기울기의 반대 방향으로 조금 옮깁니다.',
  'lesson2.formulas': '손실의 도함수입니다. 위는 강의 자료에 실린 식, 아래는 올바른 식입니다:',
  'lesson2.losses': '각 단계를 밟기 전의 손실',
  'lesson2.lost':
    '괄호의 위치가 잘못되었습니다. 강의 자료의 식에서는 분모에서 p를 뺀 나머지에 모두 1e-7이 곱해집니다. 그래서 인수 `1 - p`가 사라지고 도함수가 그만큼 작아집니다. 처음 `p = {p}`일 때 올바른 값의 {percent} %입니다.',
  'lesson2.silent':
    '겉으로는 이상이 없습니다. 손실을 올바로 계산하고 그 값도 줄어듭니다. 올바른 도함수와 견주어야 비로소 드러납니다. {steps}단계를 거치면 손실이 {right}이어야 하는데 {published}에 머뭅니다.',
  'lesson2.library': '라이브러리로 학습하면 올바른 도함수를 쓸 때처럼 손실이 {loss}까지 줄어듭니다.',

  'lesson3.title': '예제 3 · AND 게이트',
  'lesson3.intro':
    '뉴런이 진리표를 배웁니다. 네 행을 한 단계에 하나씩 돌아가며 학습률 {lr}(으)로 {steps}단계를 학습하고, {every}단계마다 기록을 남깁니다. w와 b는 갱신한 뒤의 값, 예측값 p와 손실 J는 갱신하기 전의 값입니다. 마지막 열은 (w1, w2, b)와 (0.5, 0.5, -0.7)이 이루는 각의 코사인입니다.',
  'lesson3.cosine': '코사인',
  'lesson3.zero':
    '입력이 0이면 그 가중치는 움직이지 않습니다. `dJ/dw1 = x1 * dJ/dz`이기 때문입니다. {step}단계에서는 `x = (0, 1)`이므로 w1은 {w1} 그대로이고, w2는 {w2Before}에서 {w2After}(으)로 바뀝니다.',
  'lesson3.direction':
    '학습이 진행될수록 매개변수는 (0.5, 0.5, -0.7)의 상수배에 가까워집니다. 코사인이 {first}에서 {last}(으)로 커집니다. 벡터의 길이는 뉴런이 얼마나 확신하는지를 나타냅니다.',
  'lesson3.faster':
    '올바른 도함수가 더 빨리 배웁니다. {step}단계에서 편향이 {published}이(가) 아니라 {right}입니다.',
  'lesson3.library': '라이브러리로 학습하면 {step}단계에서 w = {w1} {w2}, b = {b}입니다.',
  'lesson3.boundary': '올바른 도함수로 학습한 뉴런이 평면을 나누는 모습',

  'lesson4.title': '예제 4 · 무작위 데이터셋',
  'lesson4.intro':
    '두 무리로 나뉜 점 {samples}개를 한 번에 하나씩, 학습률 {lr}(으)로 {epochs} 에포크 동안 학습합니다. 손실과 정확도는 갱신하기 전의 예측값으로 구한 에포크 평균입니다.',
  'lesson4.never':
    '강의 자료의 도함수로는 끝내 배우지 못합니다. 손실은 {first}에서 {last}(으)로 줄어드는데도 정확도는 끝까지 {accuracy}입니다.',
  'lesson4.learns':
    '올바른 도함수로는 배웁니다. 손실이 {first}에서 {last}(으)로 줄고, {epoch}번째 에포크부터는 모든 점이 경계의 올바른 쪽에 놓여 정확도가 {accuracy}입니다.',
  'lesson4.silent':
    '틀린 `backward`로도 학습이 되고 그래프가 그려지며 그럴듯해 보입니다. 도함수는 수치 미분과 견주어 본 뒤에 믿어야 합니다.',
  'lesson4.library':
    '라이브러리로 학습하면 손실이 {first}에서 {last}(으)로 줄고, 직접 계산하면 {handFirst}에서 {handLast}(으)로 줄어듭니다. 끝자리가 다른 까닭은 강의 자료가 0으로 나누는 일을 막으려고 분모에 1e-7을 더하기 때문입니다. 라이브러리는 정확한 도함수를 계산하므로 그럴 필요가 없습니다.',
  'lesson4.history': '두 도함수의 손실과 정확도',
  'lesson4.boundary': '올바른 도함수로 찾은 결정 경계',
  'lesson4.boundary.published': '같은 에포크 동안 강의 자료의 도함수로 찾은 결정 경계',

  // chainrule train
  'train.description':
    '만들어 낸 데이터, 표, 그림으로 신경망을 학습합니다. 손실은 줄고 정확도는 올라갑니다. --out을 주면 그 과정을 그래프와 보고서로 저장합니다.',
  'train.summary': '데이터로 신경망 학습',
  'train.usage': '<dataset> [옵션]',
  'train.dataset':
    'blobs, moons, circles, spirals, and, or, nand, xor, iris, mnist, CSV 파일, 그림 폴더 중 하나',
  'train.samples': '점의 개수 (기본값: {samples}, 논리 게이트 제외), mnist에서는 숫자의 개수 (기본값: 전부)',
  'train.noise': '잡음의 표준편차 (moons와 circles {moons}, spirals {spirals})',
  'train.clusterStd': '무리의 표준편차, 무리마다 주려면 0.5,1 (blobs, 기본값: 1)',
  'train.centers': '무리의 개수, 무리 하나가 클래스 하나 (blobs, 기본값: 2)',
  'train.factor': '안쪽 원의 반지름, 0~1 (circles, 기본값: 0.5)',
  'train.layers': '은닉층의 너비, 예: 16,16 (none: 은닉층 없음)',
  'train.activation': '층 사이의 활성화 함수: {names}',
  'train.optimizerName': '최적화 방법: {names} (기본값: sgd, 실제 데이터는 adam)',
  'train.learningRate': '학습률 (sgd가 아니면 기본값 0.01, adagrad는 0.1, 그림은 그 10분의 1)',
  'train.scheduleName':
    '학습률 스케줄: {names} (기본값: constant). warmup은 처음 10분의 1 동안 올렸다가 코사인을 따라 내립니다',
  'train.momentum': '모멘텀, 0 이상 1 미만 (sgd와 rmsprop, 기본값: 0)',
  'train.weightDecay': '가중치 감쇠 (기본값: 0, adamw는 0.01)',
  'train.clip': '기울기의 노름이 이보다 크면 이 값으로 줄입니다 (기본값: 줄이지 않음)',
  'train.epochs': '에포크 수',
  'train.batchSize': '배치 크기',
  'train.noShuffle': '에포크마다 데이터를 섞지 않고 원래 순서를 씁니다',
  'train.seed': '데이터, 매개변수의 초깃값, 순서의 시드 (기본값: 0)',
  'train.out': '보고서, 그래프, 학습 기록을 저장할 폴더 (기본값: 저장하지 않음)',
  'train.defaults': '데이터에 따라 다른 기본값:',
  'train.losses':
    '클래스가 둘이면 점수의 이진 교차 엔트로피(BCEWithLogitsLoss)로, 더 많으면 교차 엔트로피로 학습합니다. 손실과 정확도는 갱신하기 전의 값입니다.',
  'train.files':
    '--out을 주면 report.html, training.svg와 .png, history.csv, history.json을, 입력이 둘이면 boundary.svg와 .png도 저장합니다.',
  'train.title': '학습: {dataset}',
  'train.model': '모델',
  'train.data': '데이터',
  'train.data.value': '표본 {samples}개, 클래스 {classes}개, 시드 {seed}',
  'train.optimizer': '학습 방법',
  'train.optimizer.value': '{optimizer}, 학습률 {rate}, 배치 크기 {batch}, {loss}',
  'train.schedule': '학습률 스케줄',
  'train.clipNorm': '최대 노름',
  'train.parameters': '학습한 매개변수',
  'train.parameter': '매개변수',
  'train.shape': '형상',
  'train.values': '값',
  'train.history': '학습 과정',
  'train.result': '{epochs} 에포크 학습 결과: 손실 {loss}, 정확도 {accuracy}.',
  'train.untrained': '에포크가 0이므로 학습하지 않았습니다. 매개변수는 초깃값 그대로입니다.',
  'train.boundary': '신경망이 평면을 나누는 모습',

  // chainrule explain
  'compile.description':
    '다층 퍼셉트론의 학습 한 단계(순전파, 역전파, 갱신)를 WebAssembly 함수 하나로 컴파일하고 그 결과를 보여 줍니다. ' +
    '--show를 쓰면 반복문과 행렬 곱마다 수식, 연산 수, 메모리 위치를 나열합니다.',
  'compile.summary': '신경망의 학습 한 단계가 어떻게 컴파일되는지',
  'compile.usage': '<너비> [옵션]',
  'compile.widths': '입력, 은닉 유닛, 출력의 수. 예: 784-128-10',
  'compile.show': '반복문과 그 수식, 쓰는 위치를 나열합니다',
  'compile.batchSize': '한 단계의 샘플 수 (기본값: {size})',
  'compile.activation': '층 사이의 활성화 함수: {names} (기본값: tanh)',
  'compile.loss': '{names} (기본값: cross-entropy)',
  'compile.optimizer': '{names} (기본값: sgd)',
  'compile.precision': '{names} (기본값: float32)',
  'compile.threads': '최대 스레드 수 (기본값: 이득이 있는 만큼)',
  'compile.facts.network': '신경망',
  'compile.facts.compiled': '컴파일 시간',
  'compile.facts.milliseconds': '{time}밀리초',
  'compile.facts.step': '한 단계',
  'compile.facts.microseconds': '{time}마이크로초, 나노초당 연산 {rate}번',
  'compile.facts.kernels': '반복문',
  'compile.facts.memory': '메모리',
  'compile.facts.bytes': '{bytes}바이트',
  'error.compile.widths':
    '너비: 1부터 {most}까지의 정수를 둘 이상 -로 이어 주세요. 예: 784-128-10. 받은 값: {value}',
  'explain.description':
    '식의 값과 도함수가 어떻게 나오는지 보여 줍니다. 단계마다 식과 수치가 함께 나옵니다.',
  'explain.summary': '식의 모든 도함수를 단계별로',
  'explain.usage': '<expression> [옵션]',
  'explain.expression': '예: "1/(1+exp(-z))". 함수는 이름으로 씁니다: exp, log, sigmoid, sum, …',
  'explain.at': '변수의 값, 예: x=1,w=[0.2,-0.4]. 여러 번 쓸 수 있습니다',
  'explain.wrt': '미분할 변수, 예: x,w (기본값: 모두)',
  'explain.format': 'text, markdown, html, json 중 하나 (기본값: text)',
  'explain.out': '터미널 대신 이 파일에 씁니다',
  'explain.written': '저장한 파일: {path}',
  'explain.label.forward': '순전파',
  'explain.label.backward': '역전파',
  'explain.label.gradients': '기울기',
  'explain.label.value': '값',
  'explain.label.formula': '식',
  'explain.label.derivative': '도함수',
  'explain.label.local': '국소 미분',
  'explain.label.upstream': '상류 기울기',
  'explain.label.product': '곱',
  'explain.label.sums': '두 번 이상 쓰인 값: 각 경로의 기울기를 더합니다',
  'explain.label.inside': '{name} = {operation}의 내부',
  'explain.label.noGradient': '미분할 변수가 없습니다.',

  // chainrule exercise
  'exercise.summary': '스스로 채점하는 연습 문제',
  'exercise.description':
    '연쇄 법칙부터 어텐션까지, forward와 backward를 직접 채우는 연습 문제입니다. 답은 바로 확인합니다. forward는 올바른 값과, backward는 수치 미분과 견주어 봅니다.',
  'exercise.usage': '[명령] [옵션]',
  'exercise.progress':
    '진행 상황은 CHAINRULE_HOME 폴더, 없으면 시스템이 정한 프로그램 데이터 폴더의 exercises.json에 저장합니다. 정답은 출력하지 않습니다.',
  'exercise.file': 'Chainrule의 문제 대신 쓸, 교사가 만든 연습 문제 파일이나 폴더',
  'exercise.name': '연습 문제의 이름이나 번호 (기본값: 마지막으로 풀던 문제)',
  'exercise.solvedAll': '모든 연습 문제를 풀었습니다.',
  'exercise.list.summary': '모든 연습 문제와 푼 문제 (기본 명령)',
  'exercise.list.description': '모든 연습 문제를 배우는 순서대로 보여 줍니다. ✓ 푼 문제, … 시작한 문제.',
  'exercise.list.usage': '[옵션]',
  'exercise.list.name': '이름',
  'exercise.list.title': '제목',
  'exercise.list.solved':
    '{count}문제 중 {solved}문제를 풀었습니다. 문제 시작하기: `chainrule exercise start`',
  'exercise.start.summary': '채워 넣을 파일 만들기',
  'exercise.start.description':
    '문제를 주석으로 담고 채워 넣을 빈칸이 있는 TypeScript 파일을 만들고, 문제를 보여 줍니다.',
  'exercise.start.usage': '[name] [옵션]',
  'exercise.start.name': '연습 문제의 이름이나 번호 (기본값: 아직 풀지 않은 첫 문제)',
  'exercise.start.out': '파일을 저장할 폴더 (기본값: 현재 폴더)',
  'exercise.start.force': '이미 있는 파일을 덮어씁니다',
  'exercise.start.written': '저장한 파일',
  'exercise.start.next':
    'TODO라고 적힌 곳을 채우세요. 한 번에 다 채우지 않아도 됩니다. 확인하기: `chainrule exercise check {path}`',
  'exercise.check.summary': '답 확인하기',
  'exercise.check.description':
    '답을 확인합니다. forward는 올바른 값과, backward는 수치 미분과 견주어 봅니다. 맞으면 종료 코드 0, 틀리거나 다 채우지 않았으면 1입니다.',
  'exercise.check.usage': '[파일 | name] [옵션]',
  'exercise.check.target': '파일, 또는 시작한 연습 문제의 이름이나 번호 (기본값: 마지막으로 풀던 문제)',
  'exercise.check.part.right': '맞음',
  'exercise.check.part.todo': '아직 채우지 않음: {what}',
  'exercise.check.part.missing': '없음',
  'exercise.check.part.forward': 'forward가 틀림',
  'exercise.check.part.backward': 'forward는 맞고 backward가 틀림',
  'exercise.check.remarks': '맞았지만, 참고할 점',
  'exercise.check.right': '해결: {name}.',
  'exercise.check.next': '다음 문제: {title}. `chainrule exercise start {name}`',
  'exercise.check.stuck': '막혔나요? `chainrule exercise hint {name}`',
  'exercise.hint.summary': '다음 힌트',
  'exercise.hint.description':
    '가벼운 힌트에서 시작해 거의 답에 이르는 힌트까지, 다음 힌트를 하나 보여 줍니다. 지금까지 본 힌트는 `chainrule exercise show`에 나옵니다.',
  'exercise.hint.usage': '[name] [옵션]',
  'exercise.hint.heading': '{name}의 힌트 {number}/{count}',
  'exercise.hint.last': '마지막 힌트입니다. 모든 힌트 보기: `chainrule exercise show {name}`',
  'exercise.show.summary': '연습 문제 보기',
  'exercise.show.description': '연습 문제와 지금까지 본 힌트를 보여 줍니다.',
  'exercise.show.usage': '[name] [옵션]',
  'exercise.show.hints': '지금까지 본 힌트',
  'exercise.show.file': '파일',
  'exercise.show.solved': '푼 날짜',
  'exercise.written.check': '확인:  chainrule exercise check {path}',
  'exercise.written.hint': '힌트:  chainrule exercise hint {name}',
  'exercise.problem.notExported': '{name}: 파일에 export되어 있지 않습니다. 주어진 이름을 그대로 쓰세요.',
  'exercise.problem.constructor': '{name}: 만드는 중에 오류가 났습니다: {error}',
  'exercise.problem.throws': '{call}에서 오류가 났습니다: {error}',
  'exercise.problem.notNumeric': '{call}의 결과는 {found}입니다. 수나 수의 배열이어야 합니다.',
  'exercise.problem.shape': '{call}의 결과는 형상이 {found}입니다. {expected}이어야 합니다.',
  'exercise.problem.value': '{call}의 결과는 {found}입니다. 올바른 값은 {expected}입니다.',
  'exercise.problem.element':
    '{call}의 결과에서 원소 {index}의 값은 {found}입니다. 올바른 값은 {expected}입니다.',
  'exercise.problem.derivative': '{slot}에 대한 도함수: {found}, 올바른 값: {expected}',
  'exercise.problem.noDerivative': 'backward가 {slot}에 대한 도함수를 주지 않습니다.',
  'exercise.progress.unreadable': '{path}에 있는 진행 상황을 읽을 수 없습니다: {reason}',
  'exercise.progress.damaged':
    '{path}에 있는 진행 상황이 손상되었습니다. {aside}에 옮겨 두고 새로 시작합니다',
  'exercise.progress.unwritten': '진행 상황을 저장하지 못했습니다: {reason}',
  'error.exercise.unknown': '{name}(이)라는 연습 문제는 없습니다',
  'error.exercise.list': 'chainrule exercise list 에서 모두 볼 수 있습니다',
  'error.exercise.name': '다시 풀려면 이름을 적으세요',
  'error.exercise.exists': '이미 있는 파일입니다: {path}',
  'error.exercise.force': '--force는 덮어쓰고, --out은 다른 폴더에 저장합니다',
  'error.exercise.none': '어느 연습 문제인가요? 아직 시작한 문제가 없습니다',
  'error.exercise.noFile': '{name}의 파일이 없습니다',
  'error.exercise.start':
    'chainrule exercise start {name} 이 파일을 만듭니다. 이름이 다른 파일은 경로를 적어 확인하세요',
  'error.exercise.absent': '파일이 없습니다',
  'error.exercise.extension':
    '답은 TypeScript나 JavaScript 파일이어야 합니다(.ts .mts .js .mjs .cjs). 받은 파일: {path}',
  'error.exercise.read': '{path} 파일을 읽을 수 없습니다: {reason}',
  'error.exercise.whose': '어느 연습 문제의 답인지 알 수 없습니다: {path}',
  'error.exercise.mark':
    '// @exercise 로 시작하는 줄을 그대로 두거나, 파일 이름을 연습 문제와 같게 지으세요: sigmoid.ts',
  'error.exercise.noHints': '{name}에는 힌트가 없습니다',
  'error.exercise.faulty': '연습 문제에 잘못이 있습니다: {path}',
  'error.exercise.noExercises': '{path}에 연습 문제가 없습니다',

  // chainrule lab
  'lab.description':
    '웹 앱인 실습실을 엽니다. 수치가 움직이는 예제 네 개, 신경망 놀이터, 미분 확인이 들어 있습니다.',
  'lab.summary': '브라우저에서 쓰는 실습실',
  'lab.usage': '[옵션]',
  'lab.port': '사용할 포트. 0이면 비어 있는 아무 포트 (기본값: {port}, 사용 중이면 그다음 빈 포트)',
  'lab.host': '사용할 이름이나 주소 (기본값: {host})',
  'lab.open': '시스템의 브라우저에서 바로 엽니다',
  'lab.private':
    '기본값으로는 이 컴퓨터에서만 접속할 수 있고, 실습실도 다른 컴퓨터에 아무것도 요청하지 않습니다. Ctrl-C로 멈춥니다.',
  'lab.serving': '실습실 주소: {url}\nCtrl-C로 멈춥니다.',
  'lab.public':
    '이 주소의 네트워크에 있는 누구나 실습실을 열 수 있습니다. 브라우저는 localhost에서만 스레드를 허용합니다.',
  'lab.notOpened': '브라우저를 열지 못했습니다. 위 주소를 직접 열어 주세요.',
  'error.lab.notBuilt': '실습실이 아직 빌드되지 않았습니다. 이 폴더에 없습니다: {folder}',
  'error.lab.build': 'npm run build:lab 으로 빌드하고, npm run lab 으로 빌드해서 바로 엽니다',
  'error.listen.taken': '{host}의 포트 {ports}에서는 이미 다른 프로그램이 실행 중입니다',
  'error.listen.otherPort': '--port로 다른 포트를 고르거나, --port 0으로 비어 있는 포트를 쓰세요',
  'error.listen.host': '--host는 이 컴퓨터의 이름이나 주소여야 합니다. 받은 값: {host}',
  'error.listen.failed': '{host}의 포트 {port}에서 열 수 없습니다: {reason}',
};
