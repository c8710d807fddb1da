using System.Collections;
using System.Reflection;

namespace RevisionTools.Tests.Support;

/// <summary>Every text that can be seen of an object: what its public properties hold, however deep, what keys hold, and what it prints as.</summary>
internal static class TextsOf
{
    public static IEnumerable<(string Path, string Text)> Object(object? value) => Walk(value, value?.GetType().Name ?? "", new HashSet<object>(ReferenceEqualityComparer.Instance));

    private static IEnumerable<(string Path, string Text)> Walk(object? value, string path, HashSet<object> seen)
    {
        switch (value)
        {
            case null:
                return [];
            case string text:
                return [(path, text)];
            case IDictionary dictionary:
                return dictionary.Keys.Cast<object>().SelectMany(key => Walk(key, $"{path}.key", seen).Concat(Walk(dictionary[key], $"{path}[{key}]", seen)));
            case IEnumerable items:
                return items.Cast<object?>().SelectMany((item, index) => Walk(item, $"{path}[{index}]", seen));
        }

        var type = value.GetType();
        if (type.IsEnum || !IsOurs(type) || (!type.IsValueType && !seen.Add(value)))
        {
            return [];
        }

        return Properties(type, value).SelectMany(property => Walk(property.GetValue(value), $"{path}.{property.Name}", seen))
            .Concat(value is Exception ? [] : Walk(value.ToString(), $"{path}.ToString()", seen));
    }

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("RevisionTools", StringComparison.Ordinal) == true
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));

    // Of an exception its own properties and the message; a stack trace is the machine's.
    private static IEnumerable<PropertyInfo> Properties(Type type, object value) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.GetIndexParameters().Length == 0 && property.GetMethod is not null)
        .Where(property => value is not Exception || property.Name == nameof(Exception.Message) || IsOurs(property.DeclaringType!));
}
