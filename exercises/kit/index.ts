export {
  defineExercise,
  looksLikeExercise,
  wordsIn,
  type Code,
  type Exercise,
  type ExerciseFile,
  type Inputs,
  type Trial,
  type Words,
} from './exercise.js';
export { judge, type Judgement, type PartJudgement, type Problem } from './judge.js';
