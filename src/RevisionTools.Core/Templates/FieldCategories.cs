namespace RevisionTools.Templates;

/// <summary>Says what a field is about.</summary>
internal static class FieldCategories
{
    // The first that the shape begins with counts.
    private static readonly (string Shape, DifferenceCategory Category)[] s_shapes =
    [
        ("containers[].image", DifferenceCategory.Image),
        ("containers[].env", DifferenceCategory.EnvironmentVariable),
        ("containers[].resources", DifferenceCategory.Resources),
        ("containers[].probes", DifferenceCategory.Probe),
        ("containers[].volumeMounts", DifferenceCategory.Volume),
        ("containers[].command", DifferenceCategory.Command),
        ("containers[].args", DifferenceCategory.Command),
        ("containers", DifferenceCategory.Container),
        ("volumes", DifferenceCategory.Volume),
        ("scale.rules", DifferenceCategory.ScaleRule),
        ("scale", DifferenceCategory.Scale),
        ("serviceBinds", DifferenceCategory.ServiceBind),
        ("terminationGracePeriodSeconds", DifferenceCategory.Termination),
        ("configuration.activeRevisionsMode", DifferenceCategory.RevisionMode),
        ("configuration.ingress.traffic", DifferenceCategory.Traffic),
        ("configuration.ingress", DifferenceCategory.Ingress),
        ("configuration.secrets", DifferenceCategory.Secret),
        ("configuration.registries", DifferenceCategory.Registry),
        ("configuration.dapr", DifferenceCategory.Dapr),
    ];

    public static DifferenceCategory Of(string shape)
    {
        const string Init = "initContainers";
        var isInit = shape.StartsWith(Init, StringComparison.Ordinal);
        var field = isInit ? "containers" + shape[Init.Length..] : shape;
        var category = s_shapes.Where(known => field.StartsWith(known.Shape, StringComparison.Ordinal)).Select(known => known.Category)
            .FirstOrDefault(DifferenceCategory.Other);
        return isInit && category == DifferenceCategory.Container ? DifferenceCategory.InitContainer : category;
    }
}
