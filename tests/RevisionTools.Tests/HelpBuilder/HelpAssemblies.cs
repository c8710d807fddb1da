using System.Runtime.InteropServices;
using RevisionTools.HelpBuilder;
using RevisionTools.HelpBuilder.Documentation;
using RevisionTools.HelpBuilder.Model;

namespace RevisionTools.Tests.HelpBuilder;

/// <summary>The assemblies that the help builder needs to read those beside the tests.</summary>
internal static class HelpAssemblies
{
    public static IReadOnlyList<string> References { get; } =
        [.. Directory.GetFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*.dll"), .. Directory.GetFiles(AppContext.BaseDirectory, "*.dll")];

    public static IReadOnlyList<Command> ReadFixture(XmlDocumentation documentation) =>
        CommandReader.Read(typeof(HelpAssemblies).Assembly.Location, References, documentation);
}
