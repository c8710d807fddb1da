using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace RevisionTools.Tests.Architecture;

/// <summary>Holds that there is one place that asks and one that shows progress, so that a host which can do neither is met in one way.</summary>
public sealed class HostCallTests
{
    [Theory]
    [InlineData("ShouldProcess", "AcaCmdlet")]
    [InlineData("ShouldContinue", "AcaCmdlet")]
    [InlineData("WriteProgress", "HostScreen")]
    public void PowerShell_is_called_from_one_place(string method, string caller) => Assert.Equal([caller], CallersOf(method));

    private static List<string> CallersOf(string method)
    {
        using var file = new PEReader(File.OpenRead(typeof(Cmdlets.AcaCmdlet).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var tokens = metadata.MemberReferences
            .Where(handle => metadata.GetMemberReference(handle) is { Parent.Kind: HandleKind.TypeReference } reference && metadata.GetString(reference.Name) == method)
            .Select(handle => MetadataTokens.GetToken(handle))
            .ToHashSet();
        Assert.NotEmpty(tokens);
        return [.. metadata.MethodDefinitions.Select(metadata.GetMethodDefinition)
            .Where(definition => definition.RelativeVirtualAddress != 0
                && Calls(file.GetMethodBody(definition.RelativeVirtualAddress).GetILBytes() ?? []).Any(tokens.Contains))
            .Select(definition => metadata.GetString(Outermost(metadata, definition.GetDeclaringType()).Name))
            .Distinct()];
    }

    // A byte that only looks like a call is followed by the token of one of the few methods in question by no chance worth a parser.
    private static IEnumerable<int> Calls(byte[] code)
    {
        for (var at = 0; at + 4 < code.Length; at++)
        {
            if ((ILOpCode)code[at] is ILOpCode.Call or ILOpCode.Callvirt)
            {
                yield return BitConverter.ToInt32(code, at + 1);
            }
        }
    }

    private static TypeDefinition Outermost(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer ? Outermost(metadata, outer) : type;
    }
}
