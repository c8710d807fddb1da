namespace RevisionTools.Cmdlets.Pump;

/// <summary>Writes messages to PowerShell's streams. Called on the pipeline thread only.</summary>
internal interface IPipelineWriter
{
    void Write(PipelineMessage message);
}
