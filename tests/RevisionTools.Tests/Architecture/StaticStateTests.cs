using System.CodeDom.Compiler;
using System.Collections.Frozen;
using System.Globalization;
using System.IO.Pipelines;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using System.Xml;

namespace RevisionTools.Tests.Architecture;

/// <summary>
/// Holds that no state outlives a runspace in a static: Azure Automation runs jobs of several people in one process. Constants, and tables that
/// nobody writes to, are no state. All else that is static stands here, with the reason why it may be.
/// </summary>
public sealed class StaticStateTests
{
    private const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private const BindingFlags Instances = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Assembly[] s_shipped =
    [
        typeof(Revision).Assembly, typeof(Cmdlets.AcaCmdlet).Assembly, typeof(Loader.ModuleLoadContext).Assembly, typeof(RevisionTools.Sandbox.ContainerAppsSandbox).Assembly,
    ];

    private static readonly SortedDictionary<string, string> s_reasons = new(StringComparer.Ordinal)
    {
        ["RevisionTools.Accounts.SignInTransport+Network.WithProxy"] = Connections,
        ["RevisionTools.Accounts.SignInTransport+Network.WithoutProxy"] = Connections,
        ["RevisionTools.Probing.HttpRevisionProbe.s_network"] = Connections,
        ["RevisionTools.Registries.RegistryClient.s_network"] = Connections,
        ["RevisionTools.Cmdlets.Account.RunspaceConnections.s_all"] = "A weak table by runspace: what it holds of one goes with it, and nobody finds that of another.",
        ["RevisionTools.Cmdlets.Pump.RequestTrace.s_output"] = "It flows with the calls of one command, and no other command sees it.",
        ["RevisionTools.Cmdlets.Hosting.HostScreen.s_lastActivityId"] = "A number that tells bars of progress apart, in whatever runspace.",
        ["RevisionTools.Loader.ModuleLoadContext.s_contexts"] = "Which folders are loaded: a process never lets go of what it has loaded.",
        ["RevisionTools.Loader.ModuleLoadContext.s_gate"] = "A lock.",
        ["RevisionTools.Arm.Wire.RevisionConverter.s_lean"] = "How a document is read, found out once.",
        ["RevisionTools.Lifecycle.InterlockRules.Default"] = Rules,
        ["RevisionTools.Lifecycle.RunDeadline.None"] = "It has no span, so its clock tells nothing.",
        ["RevisionTools.Pruning.PruneWorld.s_nothingUnread"] = "Empty.",
        ["RevisionTools.Pruning.RetentionPolicyField.All"] = Rules,
        ["RevisionTools.Sandbox.ApiVersion.Newest"] = Rules,
        ["RevisionTools.Sandbox.ApiVersions.App"] = Rules,
        ["RevisionTools.Sandbox.ApiVersions.FunctionsAndLabels"] = Rules,
        ["RevisionTools.Sandbox.ApiVersions.Insights"] = Rules,
        ["RevisionTools.Sandbox.ApiVersions.ResourceGraph"] = Rules,
        ["RevisionTools.Sandbox.ApiVersions.Resources"] = Rules,
        ["RevisionTools.Sandbox.ArmRouter.Routes"] = Rules,
        ["RevisionTools.Sandbox.GraphShapes.Clauses"] = Rules,
        ["RevisionTools.Sandbox.GraphShapes.Conditions"] = Rules,
        ["RevisionTools.Sandbox.MetricDefinition.All"] = Rules,
        ["RevisionTools.Sandbox.ScaleSettings.Default"] = Rules,
        ["RevisionTools.Sandbox.JsonBytes.s_buffer"] = "Scratch of a thread for answers of a sandbox in memory, written over before anything is read from it.",
    };

    private const string Connections = "Connections that are kept open for the next call, without cookies; what a request says is in the request alone.";

    private const string Rules = "A table of constants and of functions that keep nothing.";

    /// <summary>Types of the framework whose values nobody can change, and settings that are read only once they are in use.</summary>
    private static readonly HashSet<Type> s_fixed =
    [
        typeof(string), typeof(decimal), typeof(DateTimeOffset), typeof(TimeSpan), typeof(Guid), typeof(Uri), typeof(Version), typeof(Regex), typeof(Encoding),
        typeof(Type), typeof(CultureInfo), typeof(TimeProvider), typeof(JsonSerializerOptions), typeof(JsonDocumentOptions), typeof(JsonWriterOptions),
        typeof(XmlWriterSettings), typeof(StreamPipeReaderOptions),
    ];

    private static readonly HashSet<Type> s_tables =
    [
        typeof(List<>), typeof(HashSet<>), typeof(Dictionary<,>), typeof(KeyValuePair<,>), typeof(FrozenDictionary<,>), typeof(FrozenSet<>), typeof(IReadOnlyList<>),
        typeof(IReadOnlyCollection<>), typeof(IReadOnlyDictionary<,>), typeof(IReadOnlySet<>), typeof(IEnumerable<>), typeof(Nullable<>),
    ];

    private static readonly HashSet<string> s_writers = ["Add", "AddRange", "Clear", "Insert", "Remove", "RemoveWhere", "Sort", "TryAdd", "UnionWith", "ExceptWith", "set_Item"];

    private static readonly Dictionary<short, OpCode> s_codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    [Fact]
    public void What_is_static_and_can_change_has_a_reason()
    {
        var found = s_shipped.SelectMany(Changeable).ToHashSet();

        Assert.True(found.SetEquals(s_reasons.Keys), $"Without a reason: {Listed(found.Except(s_reasons.Keys))}. Not there any more: {Listed(s_reasons.Keys.Except(found))}.");

        static string Listed(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_table_that_is_written_to_is_found() =>
        Assert.Equal(
            ["Written.Last", "Written.s_cache", "Written.s_slots"],
            Changeable(typeof(Written)).Select(name => name.Split('+')[^1]).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Changeable(Assembly assembly) => assembly.GetTypes().Where(type => !IsGenerated(type)).SelectMany(Changeable);

    private static IEnumerable<string> Changeable(Type type) => type.GetFields(Statics)
        .Where(field => !field.IsLiteral && !IsGenerated(field) && !(field.IsInitOnly && IsFixed(field.FieldType, []) && !IsWritten(field)))
        .Select(field => $"{field.DeclaringType!.FullName}.{Regex.Replace(field.Name, "^<(.*)>k__BackingField$", "$1")}");

    /// <summary>What the compiler and its generators make: caches of lambdas without state, data of arrays, contexts of JSON, patterns.</summary>
    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute)) || type.IsDefined(typeof(GeneratedCodeAttribute)) || (type.DeclaringType is { } outer && IsGenerated(outer));

    private static bool IsGenerated(FieldInfo field) =>
        field.IsDefined(typeof(CompilerGeneratedAttribute)) && !field.Name.EndsWith("k__BackingField", StringComparison.Ordinal);

    private static bool IsFixed(Type type, HashSet<Type> seen)
    {
        if (type.IsPrimitive || type.IsEnum || s_fixed.Contains(type) || type.IsSubclassOf(typeof(JsonSerializerContext)) || !seen.Add(type))
        {
            return true;
        }

        if (type.IsArray)
        {
            return IsFixed(type.GetElementType()!, seen);
        }

        if (type.IsGenericType && (s_tables.Contains(type.GetGenericTypeDefinition()) || type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal)))
        {
            return type.GetGenericArguments().All(argument => IsFixed(argument, seen));
        }

        return s_shipped.Contains(type.Assembly) && (type.IsClass || type.IsValueType) && !type.IsAbstract
            && type.GetFields(Instances).All(field => field.IsInitOnly && IsFixed(field.FieldType, seen))
            && (type.BaseType == typeof(object) || type.BaseType == typeof(ValueType) || IsFixed(type.BaseType!, seen));
    }

    /// <summary>Whether some method that reads the field also writes to something of its type, and makes none itself. The static constructor may write.</summary>
    private static bool IsWritten(FieldInfo field) => MethodsOf(field.IsPrivate ? [field.DeclaringType!] : field.DeclaringType!.Assembly.GetTypes()).Any(method =>
    {
        var code = Instructions(method).ToList();
        return code.Any(at => at.Operand is FieldInfo loaded && loaded.Module == field.Module && loaded.MetadataToken == field.MetadataToken)
            && code.Any(at => field.FieldType.IsArray
                ? at.Code.Name!.StartsWith("stelem", StringComparison.Ordinal)
                : at.Operand is MethodInfo called && called.DeclaringType == field.FieldType && s_writers.Contains(called.Name))
            && !code.Any(at => field.FieldType.IsArray ? at.Code == OpCodes.Newarr : at.Operand is ConstructorInfo made && made.DeclaringType == field.FieldType);
    });

    private static IEnumerable<MethodBase> MethodsOf(IEnumerable<Type> types) => types.SelectMany(type => type.GetMethods(Statics).Concat(type.GetMethods(Instances))
        .Concat<MethodBase>(type.GetConstructors(Instances)).Concat(MethodsOf(type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic))));

    private static IEnumerable<(OpCode Code, MemberInfo? Operand)> Instructions(MethodBase method)
    {
        var bytes = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < bytes.Length;)
        {
            var code = bytes[at] == 0xFE ? s_codes[(short)(0xFE00 | bytes[at + 1])] : s_codes[bytes[at]];
            at += code.Size;
            yield return (code, code.OperandType is OperandType.InlineField or OperandType.InlineMethod ? MemberAt(method, BitConverter.ToInt32(bytes, at)) : null);
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(bytes, at)),
                _ => 4,
            };
        }
    }

    private static MemberInfo? MemberAt(MethodBase method, int token)
    {
        try
        {
            return method.Module.ResolveMember(
                token, method.DeclaringType?.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null);
        }
        catch (Exception failure) when (failure is IOException or MissingMemberException or TypeLoadException)
        {
            // Of an assembly that is not here; none of these has a field or a table of ours.
            return null;
        }
    }

    private static class Written
    {
        internal static readonly string[] s_names = ["a", "b"];
        private static readonly int[] s_slots = [0];
        private static readonly Dictionary<string, int> s_cache = [];
        private static readonly Dictionary<string, int> s_table = new() { ["a"] = 1 };
        private static int Last { get; set; }

        public static int Look(string name)
        {
            s_slots[0] = Last;
            s_cache[name] = Find(name);
            return Last++;
        }

        private static int Find(string name) => s_table[name];
    }
}
