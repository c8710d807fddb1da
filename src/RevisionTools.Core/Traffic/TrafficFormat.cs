namespace RevisionTools;

/// <summary>The languages that a traffic table can be written in.</summary>
public enum TrafficFormat
{
    /// <summary>The property <c>traffic</c> of <c>configuration.ingress</c> of a Microsoft.App/containerApps resource.</summary>
    Bicep,

    /// <summary>The <c>traffic_weight</c> blocks in the <c>ingress</c> block of an azurerm_container_app resource.</summary>
    Terraform,

    /// <summary>The array <c>traffic</c> as Azure Resource Manager takes it.</summary>
    Json,
}
