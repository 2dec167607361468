// The lab's texts: every language has every text, with the same names to fill in, and pages are found by their address.

import { describe, expect, test } from 'vitest';
import { hashOf, LESSONS, lessonOf } from '../../lab/state/route.js';
import { catalogue, translator, type Language, type TextKey } from '../../lab/texts/index.js';

const languages = Object.keys(catalogue) as Language[];
const names = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();

describe.each(languages)('the texts in %s', (language) => {
  test('have the keys of the English ones', () => {
    expect(Object.keys(catalogue[language]).sort()).toEqual(Object.keys(catalogue.en).sort());
  });

  test('are filled in with the same names as the English ones, and none is empty', () => {
    for (const key of Object.keys(catalogue.en) as TextKey[]) {
      expect(names(catalogue[language][key]), key).toEqual(names(catalogue.en[key]));
      expect(catalogue[language][key], key).not.toBe('');
    }
  });
});

test('a text takes values for its names', () => {
  expect(translator('en')('step.of', { step: 2, steps: 8 })).toBe('step 2 of 8');
  expect(translator('ko')('step.of', { step: 2, steps: 8 })).toBe('8단계 중 2단계');
});

test('an address names a lesson, and any other address the first', () => {
  for (const lesson of LESSONS) expect(lessonOf(hashOf(lesson))).toBe(lesson);
  for (const hash of ['', '#', '#/lesson/5', '#/lesson/', '#/elsewhere', '#/lesson/2x'])
    expect(lessonOf(hash)).toBe(1);
});
