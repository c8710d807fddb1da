namespace RevisionTools.HelpBuilder.Metadata;

/// <summary>Names of types as help pages write them.</summary>
internal static class TypeNames
{
    /// <summary>The short name, such as <c>String[]</c>.</summary>
    /// <param name="type">A type.</param>
    /// <returns>The name without namespace.</returns>
    public static string Short(Type type) => Write(type, isShort: true);

    /// <summary>The full name, such as <c>System.String[]</c>.</summary>
    /// <param name="type">A type.</param>
    /// <returns>The name with its namespace.</returns>
    public static string Full(Type type) => Write(type, isShort: false);

    /// <summary>The type below <see cref="Nullable{T}"/> and arrays.</summary>
    /// <param name="type">A type.</param>
    /// <returns>The type of one value.</returns>
    public static Type Element(Type type)
    {
        var bare = Bare(type);
        return bare.IsArray ? Element(bare.GetElementType()!) : bare;
    }

    private static string Write(Type type, bool isShort)
    {
        var bare = Bare(type);
        if (bare.IsArray)
        {
            return Write(bare.GetElementType()!, isShort) + "[]";
        }

        var name = (isShort ? bare.Name : (bare.FullName ?? bare.Name).Split('[')[0]).Split('`')[0].Replace('+', '.');
        return bare.IsGenericType
            ? $"{name}[{string.Join(", ", bare.GetGenericArguments().Select(argument => Write(argument, isShort)))}]"
            : name;
    }

    private static Type Bare(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition().FullName == "System.Nullable`1" ? type.GetGenericArguments()[0] : type;
}
