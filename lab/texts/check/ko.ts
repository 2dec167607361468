// 확인 화면의 모든 문구, 한국어. The check page's texts in Korean.

import { causes } from './causes.ko.js';
import type { Texts } from './en.js';

export const ko: Texts = {
  title: '확인',
  intro:
    'forward와 backward를 써 보세요. 모든 도함수를 수치 미분과 비교하고, 실수가 있으면 그 줄에 무엇이 틀렸는지 알려 줍니다. 코드는 이 컴퓨터에서만, 네트워크가 없는 격리된 곳에서, 길어야 {seconds}초 동안 실행됩니다.',

  menu: '예시와 연습 문제',
  examples: '예시',
  'example-sigmoid': '올바른 시그모이드',
  'example-bce': '강의 자료의 손실',
  'example-layer': '배치에 쓰는 층',
  'example-own': '직접 쓰는 함수',
  exercises: '연습 문제',
  'solved.count': '{count}개 중 {solved}개 해결',
  'mark.solved': '해결',
  'mark.begun': '푸는 중',

  editor: '내 코드(타입스크립트)',
  'editor.keys':
    'Tab은 들여쓰기입니다. 편집기에서 나가려면 Esc를 누른 다음 Tab을 누르세요. Ctrl+Enter로 확인합니다.',
  'editor.label': '내 코드, 타입스크립트. Tab은 들여쓰기, Esc 다음 Tab은 나가기, Ctrl과 Enter는 확인입니다.',
  inputs: '입력',
  'inputs.note': '한 번 호출할 때의 인수입니다. 예: {example}. 비워 두면 알아서 수와 형상을 시험합니다.',
  check: '확인하기',
  stop: '멈추기',
  reset: '처음부터',

  'hint.next': '힌트 {number}/{count}',
  'hint.number': '힌트 {number}',
  next: '다음 문제: {title}',

  result: '결과',
  changed: '그 뒤로 코드가 바뀌었습니다.',
  'running.running': '코드를 실행하고 있습니다.',
  'running.checking': '도함수를 비교하고 있습니다.',
  loading: '작업자를 불러오고 있습니다.',
  'verdict.right': '맞음',
  'verdict.wrong': '틀림',
  'verdict.cannot tell': '판정할 수 없음',
  'verdict.unfinished': '미완성',
  'verdict.solved': '해결',
  'verdict.failed': '확인하지 못함',
  'slot.agrees': '맞음',
  'slot.differs': '틀림',
  'slot.unknown': '판정할 수 없음',
  'slot.not given': '주지 않음',
  'slot.by': '{name}에 대해',
  line: '{line}번째 줄',
  try: '고치기',
  expected: '올바른 값',
  found: '받은 값',
  with: '조건',
  printed: '출력',
  inEnglish: '설명(영어)',

  nothing:
    '확인할 것이 없습니다. forward와 backward가 있는 클래스를 쓰거나, forward와 backward라는 이름의 함수를 하나씩 쓰세요.',
  refused: '{name}: 확인할 수 없습니다',
  noInputs: '{name}: 시험해 본 수, 벡터, 행렬이 맞지 않습니다. 코드 아래에 맞는 입력을 써 주세요.',
  'noInputs.error': '수 하나를 넣었을 때의 예외: {error}',
  unmade:
    '{name}: 생성자에 인수가 필요합니다. 인수를 넣어 만든 객체를 추가하세요. 예: export const mine = new {name}(…)',
  syntax: '타입스크립트로 읽을 수 없습니다: {message}',
  import: '여기서는 {name}을(를) 가져올 수 없습니다. chainrule만 가져올 수 있습니다.',
  threw: '코드를 실행하다가 예외가 났습니다: {message}',
  badInputs: '입력은 수나 수의 목록이어야 합니다. 예: {example}. 받은 것: {text}',
  'time.running':
    '{seconds}초가 지나도 끝나지 않아 멈추었습니다. forward와 backward 밖에 끝나지 않는 반복문이나 await가 있나요?',
  'time.checking':
    '{seconds}초가 지나도 끝나지 않아 멈추었습니다. forward나 backward에 끝나지 않는 반복문이 있나요?',
  stopped: '멈추었습니다.',
  memory: '브라우저가 주는 메모리를 다 써서 끝났습니다. 끝나지 않는 반복문에서 계속 커지는 것이 있나요?',
  broke: '코드를 실행하는 작업자에 문제가 생겼습니다. 페이지를 새로 고쳐 주세요. {message}',

  'part.right': '맞음',
  'part.todo': '아직 채우지 않음: {what}',
  'part.missing': '없음',
  'part.forward': 'forward가 틀림',
  'part.backward': 'forward는 맞고 backward가 틀림',
  'problem.notExported': '{name}: 코드에 없습니다. 주어진 이름을 그대로 쓰세요.',
  'problem.constructor': '만드는 중에 오류가 났습니다: {error}',
  'problem.throws': '{call}에서 오류가 났습니다: {error}',
  'problem.notNumeric': '{call}의 결과는 {found}입니다. 수나 수의 배열이어야 합니다.',
  'problem.shape': '{call}의 결과는 형상이 {found}입니다. {expected}이어야 합니다.',
  'problem.value': '{call}의 결과는 {found}입니다. 올바른 값은 {expected}입니다.',
  'problem.element': '{call}의 결과에서 {index}번 원소는 {found}입니다. 올바른 값은 {expected}입니다.',
  'problem.noDerivative': 'backward가 {slot}에 대한 도함수를 주지 않습니다.',

  ...causes,
};
