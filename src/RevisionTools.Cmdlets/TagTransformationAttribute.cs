using System.Collections;
using System.ComponentModel;
using System.Management.Automation;

namespace RevisionTools.Cmdlets;

/// <summary>Reads tags to look for: a hashtable of names and values, or names alone, for which any value will do.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Property)]
public sealed class TagTransformationAttribute : ArgumentTransformationAttribute
{
    private const string AnyValue = "*";

    /// <summary>The tags that were meant.</summary>
    /// <param name="engineIntrinsics">PowerShell's engine.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>A dictionary of names and values.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">It is neither a dictionary nor a name.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Unwrapped(inputData) switch
    {
        null => null,
        IDictionary tags => tags,
        string name => OfNames(new[] { name }),
        IEnumerable names => OfNames(names),
        var other => throw Refusal(other),
    };

    // As Azure CLI writes them: a name, or name=value.
    private static Hashtable OfNames(IEnumerable names)
    {
        var tags = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (var item in names)
        {
            var parts = (Unwrapped(item) as string ?? throw Refusal(item)).Split('=', 2);
            tags[parts[0]] = parts.Length == 2 ? parts[1] : AnyValue;
        }

        return tags;
    }

    private static object? Unwrapped(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static ArgumentTransformationMetadataException Refusal(object? value) =>
        new($"'{value}' says no tag. Give names and values, such as @{{ owner = 'team-*' }}, or the name of a tag.");
}
