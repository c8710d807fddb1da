namespace RevisionTools.Lifecycle;

/// <summary>How much of their templates revisions are read with.</summary>
internal enum TemplateDetail
{
    /// <summary>What every revision has: a fleet has thousands of them.</summary>
    None,

    /// <summary>The whole template without the values of environment variables.</summary>
    WithoutValues,

    /// <summary>The whole template.</summary>
    WithValues,
}
