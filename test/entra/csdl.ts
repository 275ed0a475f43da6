import { readFileSync } from 'node:fs';

/** A property as Graph's metadata declares it. */
export interface Declared {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

/** The trimmed metadata of Graph, read just far enough for tests. */
export interface Metadata {
  /** The members of an enumeration, in order. */
  members(enumeration: string): readonly string[];
  /** The properties of a type with those of its base types; navigation properties aside. */
  properties(type: string): readonly Declared[];
  isEnum(type: string): boolean;
  isComplex(type: string): boolean;
}

export const csdlFile = (version: 'v1.0' | 'beta'): URL =>
  new URL(`../../../shared/data/csdl/${version}-trimmed.csdl.xml`, import.meta.url);

export const readMetadata = (version: 'v1.0' | 'beta'): Metadata => {
  const xml = readFileSync(csdlFile(version), 'utf8');
  const block = (kind: string, name: string): string =>
    new RegExp(`<(?:${kind}) Name="${name}"[^>]*?(?:/>|>[\\s\\S]*?</(?:${kind})>)`).exec(xml)?.[0] ?? '';
  const properties = (type: string): readonly Declared[] => {
    const text = block('EntityType|ComplexType', type);
    const base = /^<[^>]*BaseType="graph\.(\w+)"/.exec(text)?.[1];
    const own = Array.from(text.matchAll(/<Property Name="([^"]+)" Type="([^"]+)"([^>]*)>/g), (found) => ({
      name: found[1] ?? '',
      type: found[2] ?? '',
      nullable: !found[3]?.includes('Nullable="false"'),
    }));
    return [...(base ? properties(base) : []), ...own];
  };
  return {
    members: (name) =>
      Array.from(block('EnumType', name).matchAll(/<Member Name="(\w+)"/g), (found) => found[1] ?? ''),
    properties,
    isEnum: (name) => block('EnumType', name) !== '',
    isComplex: (name) => block('ComplexType', name) !== '',
  };
};
