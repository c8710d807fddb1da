using System.ComponentModel;
using System.Globalization;
using System.Management.Automation;

namespace RevisionTools.Cmdlets;

/// <summary>
/// Takes values of an enumeration by their whole names alone. PowerShell would also take numbers, and adds up the numbers of names with a comma
/// between them: <c>'Provisioning,Ready'</c> is Active then, and 1 is Inactive.
/// </summary>
/// <param name="type">The enumeration, or an array of it where several may be given, also in one text with commas, as the command line of a process has them.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Property)]
public class EnumNameTransformationAttribute(Type type) : ArgumentTransformationAttribute
{
    /// <summary>The enumeration, or an array of it.</summary>
    public Type Type { get; } = type;

    /// <summary>The values of these names.</summary>
    /// <param name="engineIntrinsics">PowerShell's engine.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>A value, or an array of them.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">It is no name of a value.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (inputData is null)
        {
            return null;
        }

        string[] given = [.. (LanguagePrimitives.GetEnumerable(inputData)?.Cast<object?>() ?? [inputData]).Select(Text)];
        string[] names = Type.IsArray ? [.. given.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries))] : [string.Join(", ", given)];
        object[] values = [.. names.Select(Find)];
        return Type.IsArray ? values : values[0];
    }

    private object Find(string name)
    {
        var type = Type.GetElementType() ?? Type;
        var known = Enum.GetNames(type);
        return Array.Find(known, one => Names.Same(one, name)) is { } found
            ? Enum.Parse(type, found)
            : throw new ArgumentTransformationMetadataException($"'{name}' is no {type.Name}. Give {string.Join(", ", known[..^1])} or {known[^1]}.");
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
