using System.Collections.ObjectModel;
using System.Reflection;

namespace RevisionTools.HelpBuilder.Metadata;

/// <summary>Reads one attribute from metadata.</summary>
internal sealed class AttributeView
{
    private const string Namespace = "System.Management.Automation.";
    private readonly CustomAttributeData _data;

    private AttributeView(CustomAttributeData data)
    {
        _data = data;
    }

    /// <summary>The arguments of the constructor; those of a <c>params</c> array one by one.</summary>
    public IEnumerable<object?> Arguments => _data.ConstructorArguments.SelectMany(Flatten);

    /// <summary>Finds PowerShell's attributes of one kind on a member.</summary>
    /// <param name="member">The class or property.</param>
    /// <param name="name">The name of the attribute without namespace and suffix.</param>
    /// <returns>All of that kind.</returns>
    public static IEnumerable<AttributeView> On(MemberInfo member, string name) =>
        from data in member.GetCustomAttributesData()
        where data.AttributeType.FullName == Namespace + name + "Attribute"
        select new AttributeView(data);

    /// <summary>Reads a named argument.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="name">The name of the argument.</param>
    /// <param name="otherwise">The value where the argument is not given.</param>
    /// <returns>The value.</returns>
    public T Named<T>(string name, T otherwise) =>
        _data.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value is T value ? value : otherwise;

    private static IEnumerable<object?> Flatten(CustomAttributeTypedArgument argument) =>
        argument.Value is ReadOnlyCollection<CustomAttributeTypedArgument> items ? items.SelectMany(Flatten) : [argument.Value];
}
