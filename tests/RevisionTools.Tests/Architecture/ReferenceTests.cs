using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace RevisionTools.Tests.Architecture;

/// <summary>Holds the arrows of the house: who may know whom.</summary>
public sealed class ReferenceTests
{
    private static readonly string[] s_pure = ["RevisionTools", "RevisionTools.Lifecycle", "RevisionTools.Traffic", "RevisionTools.Changes", "RevisionTools.Templates", "RevisionTools.Pruning", "RevisionTools.Preflight", "RevisionTools.Pipelines", "RevisionTools.Work"];

    [Theory]
    [InlineData("RevisionTools.Loader")]
    [InlineData("RevisionTools.Sandbox")]
    [InlineData("RevisionTools.Core", "Azure.Core", "Azure.Identity")]
    [InlineData("RevisionTools.Cmdlets", "RevisionTools.Core", "RevisionTools.Sandbox", "System.Management.Automation")]
    public void An_assembly_knows_only_what_it_may(string assembly, params string[] beyondTheFramework)
    {
        using var reader = Open(assembly);
        var metadata = reader.GetMetadataReader();
        var references = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));

        Assert.Empty(references.Where(name => !IsFramework(name)).Except(beyondTheFramework));
    }

    [Fact]
    public void The_pure_folders_of_Core_know_neither_HTTP_nor_Azure()
    {
        var impure = typeof(Revision).Assembly.GetTypes()
            .Where(type => s_pure.Contains(type.Namespace))
            .SelectMany(type => TypesIn(type).Select(used => (type, used)))
            .Where(pair => pair.used.Namespace is { } name
                && (name.StartsWith("Azure", StringComparison.Ordinal) || name.StartsWith("System.Net.Http", StringComparison.Ordinal)
                    || name is "RevisionTools.Arm" or "RevisionTools.Accounts"))
            .Select(pair => $"{pair.type} uses {pair.used}");

        Assert.Empty(impure);
    }

    [Fact]
    public void What_users_can_name_mentions_no_type_of_a_library()
    {
        var foreign = new[] { typeof(Revision).Assembly, typeof(Cmdlets.AcaCmdlet).Assembly }
            .SelectMany(PublicSignatures)
            .Where(name => name.StartsWith("Azure", StringComparison.Ordinal) || name.StartsWith("Microsoft.Identity", StringComparison.Ordinal)
                || name.StartsWith("System.Text.Json", StringComparison.Ordinal));

        Assert.Empty(foreign);
    }

    private static IEnumerable<Type> TypesIn(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var locals = type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All))
            .SelectMany(method => method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? []);
        return type.GetFields(All).Select(field => field.FieldType)
            .Concat(type.GetMethods(All).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)))
            .Concat(type.GetConstructors(All).SelectMany(constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType)))
            .Concat(locals)
            .SelectMany(used => used.GetGenericArguments().Append(used));
    }

    // Names are read from the metadata: the cmdlets' base class lives in PowerShell, which is not here.
    private static IEnumerable<string> PublicSignatures(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        var names = new SignatureNames();
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            if ((type.Attributes & TypeAttributes.VisibilityMask) is not (TypeAttributes.Public or TypeAttributes.NestedPublic))
            {
                continue;
            }

            foreach (var method in type.GetMethods().Select(metadata.GetMethodDefinition)
                .Where(method => (method.Attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family))
            {
                method.DecodeSignature(names, null);
            }
        }

        return names.Seen;
    }

    private static PEReader Open(string assembly) => new(File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll")));

    private static bool IsFramework(string name) =>
        name is "System.Runtime" or "netstandard" or "mscorlib" || (name.StartsWith("System.", StringComparison.Ordinal)
            && name is not ("System.Management.Automation" or "System.ClientModel" or "System.Memory.Data"));
}
