// Korean particles come in two forms, one after a final consonant and one after a vowel: 0.5가, 0.6이. The catalogue writes both,
// `{value}이(가)`, and this picks the one that goes with what was filled in.

/** The form after a consonant and after a vowel, by how the catalogue writes them. */
const PARTICLES: Readonly<Record<string, readonly [afterConsonant: string, afterVowel: string]>> = {
  '이(가)': ['이', '가'],
  '은(는)': ['은', '는'],
  '을(를)': ['을', '를'],
  '과(와)': ['과', '와'],
  '(으)로': ['으로', '로'],
};

const PATTERN = /([0-9가-힣])(`?)(이\(가\)|은\(는\)|을\(를\)|과\(와\)|\(으\)로)/g;

/** How the digits end when they are read aloud: 영 일 이 삼 사 오 육 칠 팔 구. */
const DIGITS = '영일이삼사오육칠팔구';
const FIRST_SYLLABLE = '가'.charCodeAt(0);
const FINALS = 28; // ways for a syllable to end, the first of them in a vowel
const RIEUL = 8; // the final ㄹ, which (으)로 treats as a vowel

/**
 * The text with the right particles after digits and Korean syllables; after anything else both forms stay.
 *
 * @example
 * withParticles('0.5이(가) 0.93(으)로'); // '0.5가 0.93으로'
 */
export function withParticles(text: string): string {
  return text.replace(PATTERN, (_, before: string, quote: string, particle: string) => {
    const syllable = DIGITS[Number(before)] ?? before;
    const final = (syllable.charCodeAt(0) - FIRST_SYLLABLE) % FINALS;
    const afterVowel = final === 0 || (final === RIEUL && particle === '(으)로');
    return before + quote + PARTICLES[particle]![afterVowel ? 1 : 0];
  });
}
