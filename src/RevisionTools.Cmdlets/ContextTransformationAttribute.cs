using System.ComponentModel;
using System.Management.Automation;
using RevisionTools.Cmdlets.Account;

namespace RevisionTools.Cmdlets;

/// <summary>Lets a connection be given by its name or as the object that carries it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Property)]
public sealed class ContextTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The connection. What is wrong with it is told by the command, as an error with an id of its own.</summary>
    /// <param name="engineIntrinsics">PowerShell's engine.</param>
    /// <param name="inputData">A name or an <see cref="AcaContext"/>.</param>
    /// <returns>An <see cref="AcaContext"/>, or null for null.</returns>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => ContextOf(inputData);

    internal static AcaContext? ContextOf(object? given)
    {
        var value = given is PSObject wrapped ? wrapped.BaseObject : given;
        return value switch
        {
            null => null,
            AcaContext context => context,
            string name => RunspaceConnections.Named(name),
            _ when given is PSObject { TypeNames: var names } && names.Any(IsCopy) => AcaContext.Missing(
                "What was given is a copy of a connection without the connection, as Start-Job, a remote session or Export-Clixml makes it. Run Connect-AcaAccount there."),

            // PowerShell would make one of a table, which is connected to nothing.
            _ => AcaContext.Missing($"'{SafeText.Clean(value.ToString() ?? "")}' is no connection. Give its name, or what Get-AcaContext gives."),
        };
    }

    // Deserialized.RevisionTools.AcaContext, Selected.RevisionTools.AcaContext and the like.
    private static bool IsCopy(string typeName) => typeName.EndsWith($".{typeof(AcaContext).FullName}", StringComparison.OrdinalIgnoreCase);
}
