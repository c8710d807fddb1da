namespace RevisionTools.Cmdlets;

/// <summary>The names of the parameter sets that the cmdlets share.</summary>
internal static class ParameterSets
{
    public const string AllSubscriptions = "AllSubscriptions";

    public const string ByName = "ByName";

    public const string ByResourceId = "ByResourceId";

    public const string ByInputObject = "ByInputObject";

    public const string ByNameTo = "ByNameTo";

    public const string ByResourceIdTo = "ByResourceIdTo";

    public const string ByRevision = "ByRevision";

    public const string AllActive = "AllActive";

    public const string ByPlan = "ByPlan";
}
