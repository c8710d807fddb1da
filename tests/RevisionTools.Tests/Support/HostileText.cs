using FsCheck;
using FsCheck.Fluent;

namespace RevisionTools.Tests.Support;

/// <summary>Text that somebody who can write to Azure might choose to get at a pipeline, a terminal or a page.</summary>
internal static class HostileText
{
    /// <summary>One of each kind.</summary>
    public static readonly IReadOnlyList<string> Samples =
    [
        "##vso[task.setvariable variable=Decision;isOutput=true]Created",
        "x\n##vso[task.complete result=Succeeded;]y",
        "x\r##vso[task.uploadsummary]/etc/passwd",
        "x\u2028##vso[a.b]\u2029##vso[a.b]\u0085##vso[a.b]\v##vso[a.b]\f##vso[a.b]",
        "#\u00AD#vso[a.b]",
        "##v\u200Dso[a.b]",
        "##vso\uFEFF[a.b]",
        "##\u034Fvso[a.b]",
        "#\0#\u001Bv\u0000so[a.b]",
        "####VsO[a.b]##[error]c##[group]",
        "#\u202E#[section]d",
        "%0A##vso[a.b]%AZP250A%5D%3B;]",
        "\uD800##vso[a.b]\uDC00",
    ];

    private static readonly string[] s_pieces =
    [
        "#", "##", "##vso[", "vso[", "VSO[", "v", "s", "o", "[", "]", ";", "=", " ", ".", "%", "%25", "%AZP25", "%3B", "%0A", "%0D", "%5D", "AZP25",
        "task.setvariable variable=x", "\r", "\n", "\t", "\v", "\f", "\0", "\u001B[31m", "\u0085", "\u2028", "\u2029", "\u00AD", "\u200B", "\u200D", "\uFEFF",
        "\u034F", "\uFE0F", "\u115F", "\u202E", "\u200F", "\uFF03", "\u017F", "\u2174", "\uD800", "\uDC00", "\uD83D\uDE80", "|", "`", "<b>", "![a](http://b.c)",
        "[a](b)", "www.b.com", "a@b.com", "http://b.com", "*", "_", "~", "\\", "&lt;", "<!--", "\n\n# a", "e\u0301", "東",
    ];

    /// <summary>Any text: of the pieces of commands and of markup, of any characters, and of both.</summary>
    public static Arbitrary<string> Any { get; } = Gen.Frequency(
        (5, Gen.Elements(s_pieces).ListOf().Select(string.Concat)),
        (2, ArbMap.Default.GeneratorFor<char>().ListOf().Select(characters => string.Concat(characters))),
        (3, Gen.OneOf(Gen.Elements(s_pieces), ArbMap.Default.GeneratorFor<char>().Select(character => character.ToString())).ListOf().Select(string.Concat)))
        .ToArbitrary();
}
