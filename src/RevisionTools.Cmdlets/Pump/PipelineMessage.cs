using RevisionTools.Work;

namespace RevisionTools.Cmdlets.Pump;

/// <summary>Something that work has said and that the pipeline thread is to write: a closed set.</summary>
internal abstract record PipelineMessage
{
    internal sealed record Output(object Value) : PipelineMessage;

    internal sealed record Warning(string Text) : PipelineMessage;

    internal sealed record Verbose(string Text) : PipelineMessage;

    internal sealed record Debug(string Text) : PipelineMessage;

    internal sealed record Failure(RevisionToolsException Exception, object? Target) : PipelineMessage;

    internal sealed record Progress(WorkProgress Value) : PipelineMessage;

    /// <summary>Something that only a pipeline thread can do.</summary>
    internal sealed record Call(Action Run) : PipelineMessage;
}
