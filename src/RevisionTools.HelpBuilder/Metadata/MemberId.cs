using System.Reflection;

namespace RevisionTools.HelpBuilder.Metadata;

/// <summary>The identifiers under which compilers file documentation comments.</summary>
internal static class MemberId
{
    /// <summary>The identifier of a type.</summary>
    /// <param name="type">The type.</param>
    /// <returns><c>T:</c> and its full name.</returns>
    public static string Of(Type type) => "T:" + Path(type);

    /// <summary>The identifier of a property, filed under the class that declares it.</summary>
    /// <param name="property">The property.</param>
    /// <returns><c>P:</c> and its full name.</returns>
    public static string Of(PropertyInfo property) => $"P:{Path(property.DeclaringType!)}.{property.Name}";

    /// <summary>The identifier of a field or enum member.</summary>
    /// <param name="field">The field.</param>
    /// <returns><c>F:</c> and its full name.</returns>
    public static string Of(FieldInfo field) => $"F:{Path(field.DeclaringType!)}.{field.Name}";

    private static string Path(Type type)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return (definition.FullName ?? definition.Name).Replace('+', '.');
    }
}
