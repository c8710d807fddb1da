using RevisionTools.HelpBuilder.Model;

namespace RevisionTools.HelpBuilder.Output;

/// <summary>Writes a command line the way PowerShell shows syntax.</summary>
internal static class SyntaxText
{
    private const int MaximumWidth = 110;
    private const string Indentation = "    ";

    /// <summary>Writes one parameter set.</summary>
    /// <param name="command">The command.</param>
    /// <param name="setName">The set.</param>
    /// <returns>The syntax, broken into lines that fit a page.</returns>
    public static string Write(Command command, string setName)
    {
        var words = command.InDisplayOrder(setName).Select(item => Write(item.Parameter, item.Membership));
        List<string> lines = [command.Name];
        foreach (var word in words.Append("[<CommonParameters>]"))
        {
            if (lines[^1].Length + 1 + word.Length > MaximumWidth)
            {
                lines.Add(Indentation + word);
            }
            else
            {
                lines[^1] += " " + word;
            }
        }

        return string.Join('\n', lines);
    }

    private static string Write(Parameter parameter, SetMembership set)
    {
        var name = set.Position is null ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        var whole = parameter.IsSwitch ? $"-{parameter.Name}" : $"{name} <{parameter.TypeName}>";
        return set.IsMandatory ? whole : $"[{whole}]";
    }
}
