// 실습실의 모든 문구, 한국어. Every text of the lab in Korean.

import type { Texts } from './en.js';

export const ko: Texts = {
  // 틀
  'nav.lessons': '예제',
  'nav.turn': '앞뒤 예제',
  'theme.label': '화면 색: {theme}',
  'theme.system': '시스템 설정대로',
  'theme.light': '밝게',
  'theme.dark': '어둡게',
  reset: '처음부터',
  'step.of': '{steps}단계 중 {step}단계',
  'axis.step': '단계',
  'axis.epoch': '에포크',
  'player.play': '재생',
  'player.pause': '일시 정지',
  'player.step': '한 단계 앞으로',
  'player.back': '한 단계 뒤로',
  'player.scrub': '위치',
  'pass.start': '첫 단계 이전',
  'pass.given': '주어진 값',
  'pass.forward': '순전파',
  'pass.loss': '손실',
  'pass.backward': '역전파',
  'pass.update': '갱신',
  'derivative.label': '손실의 도함수',
  'derivative.right': '올바른 도함수',
  'derivative.published': '강의 자료의 도함수',

  // 예제 1
  'lesson1.short': '연쇄 법칙',
  'lesson1.title': '연쇄 법칙',
  'lesson1.intro':
    '시그모이드는 함수 네 개를 이어 놓은 것입니다. 순전파에서는 값이 파란 화살표를 따라 흐르고, 상자마다 나중에 필요한 값을 기억해 둡니다. 역전파에서는 기울기가 주황 화살표를 따라 흐르고, 상자마다 넘어온 상류 기울기에 자신의 국소 미분을 곱합니다. z를 움직여 보고, 두 과정을 재생해 보고, 상자를 눌러 열어 보세요.',
  'lesson1.expression': '식',
  'lesson1.draw': '그리기',
  'lesson1.player': '순전파와 역전파',
  'lesson1.result': '결과',
  'graph.box': '{formula}, 값 {value}, 기울기 {derivative}',
  'details.label': '{name} 자세히 보기',
  'details.leaf': '계산이 시작되는 곳입니다. 이 값을 쓴 단계들이 되돌려준 것이 이 값의 기울기입니다.',
  'details.upstream': '상류 기울기',
  'details.local': '국소 미분',
  'details.product': '곱',
  'details.matrix': '행렬 곱',
  'details.sum': '여러 번 쓰였으므로 되돌아온 값을 더합니다:',

  // 예제 2
  'lesson2.short': '뉴런',
  'lesson2.title': '인공 뉴런의 순전파와 역전파',
  'lesson2.intro':
    '뉴런 하나와 표본 하나입니다. 순전파에서 예측 p를 계산하고, 손실 J는 예측이 얼마나 틀렸는지 알려 줍니다. 역전파에서 손실의 기울기가 시그모이드를 지나 가중치와 편향에 이르고, 가중치와 편향은 기울기의 반대 방향으로 한 걸음 움직입니다. 수를 가리키면 어디에서 나온 값인지 볼 수 있습니다.',
  'lesson2.settings': '뉴런에 주어지는 값',
  'lesson2.parameters': '매개변수',
  'lesson2.sample': '표본과 정답',
  'lesson2.rate': '학습률',
  'lesson2.step': '{step}단계',
  'lesson2.next': '다음: {pass}',
  'lesson2.whole': '한 단계 전체',
  'lesson2.hint': '단계를 진행한 뒤, 수를 가리키거나 Tab 키로 옮겨 가 보세요.',
  'lesson2.losses': '30단계 각각의 갱신 전 손실',
  'lesson2.departs':
    '괄호 하나를 잘못 놓아 분모에서 인수 1 − p가 사라졌습니다. 그래서 강의 자료의 도함수는 올바른 값의 1 − p배입니다. 지금 p = {p}에서는 올바른 값의 {factor}배입니다. 그래도 손실은 줄어들기 때문에 잘못된 줄 알기 어렵습니다.',
  'lesson2.table': '손실 30개 모두 보기 (강의 자료, 올바른 식)',

  // 예제 3
  'lesson3.short': 'AND 게이트',
  'lesson3.title': 'AND 게이트',
  'lesson3.intro':
    '뉴런이 진리표를 배웁니다. 네 행을 한 단계에 한 행씩 돌아가며 {steps}단계 동안 학습률 {lr}로 학습합니다. 아래 막대를 움직여 보세요.',
  'lesson3.player': '학습 단계',
  'lesson3.still': '입력 x가 0이면 기울기 x · ∂J/∂z도 0입니다. 이 단계에서 움직이지 않는 가중치: {names}.',
  'lesson3.moves': '두 입력이 모두 1이므로 두 가중치가 모두 움직입니다.',
  'lesson3.plane': '직선 w · x + b = 0',
  'lesson3.path': 'w₁과 b의 경로',
  'lesson3.weights': 'w₁과 w₂의 경로',
  'lesson3.pathOf': '경로: {names}',
  'lesson3.direction':
    '점선은 (0.5, 0.5, −0.7) 방향이며, 학습은 (w₁, w₂, b)를 이 방향으로 옮겨 갑니다. cos은 두 방향 사이 각의 코사인으로, 방향이 같으면 1입니다.',
  'lesson3.log': '기록: 매개변수는 갱신 후, p와 J는 갱신 전의 값',
  'lesson3.mark': '정지',
  'lesson3.go': '{step}단계로 이동',

  // 예제 4
  'lesson4.short': '두 무리',
  'lesson4.title': '무작위 데이터셋의 학습과 그래프',
  'lesson4.intro':
    '점 {samples}개가 두 무리를 이룹니다. 표본 하나씩 {epochs} 에포크 동안 학습률 {lr}로 학습합니다. 두 뉴런은 같은 시작점에서 같은 점을 같은 순서로 보며, 손실의 도함수만 다릅니다.',
  'lesson4.train': '학습',
  'lesson4.sample': '표본 하나',
  'lesson4.epoch': '에포크 끝까지',
  'lesson4.speed': '프레임당 표본 수',
  'lesson4.where': '전체 {epochs} 중 {epoch} 에포크, {step}단계',
  'lesson4.plane': '점과 결정 경계',
  'lesson4.class': '클래스 {label}',
  'lesson4.loss': '에포크별 손실 (BCELoss)',
  'lesson4.accuracy': '에포크별 정확도',
  'lesson4.numbers': 'NumPy와 나란히 본 수치',
  'lesson4.numbersNote':
    '시드, 데이터, 단계가 모두 같습니다. 학습이 진행되는 대로 수가 나타나며, 가중치는 NumPy가 출력하는 소수 여덟 자리까지 보여 줍니다.',
  'lesson4.ours': '이 화면',
  'lesson4.row.firstLoss': '손실, 1 에포크',
  'lesson4.row.lastLoss': '손실, 30 에포크',
  'lesson4.row.firstAccuracy': '정확도, 1 에포크',
  'lesson4.row.lastAccuracy': '정확도, 30 에포크',
  'lesson4.row.w1': '최종 w₁',
  'lesson4.row.w2': '최종 w₂',
  'lesson4.row.b': '최종 b',
};
