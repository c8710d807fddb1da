using System.Net;

namespace RevisionTools.Sandbox;

/// <summary>Azure Monitor's metrics of an app: requests and replicas by revision (ARM-FACTS 9).</summary>
internal static class MetricCalls
{
    internal static ArmAnswer List(ArmCall call)
    {
        var app = call.App();
        try
        {
            var query = MetricQuery.Parse(call.Request, call.Now);
            return ArmAnswer.Ok(writer => MetricWriter.Write(writer, app, query, call.Now));
        }
        catch (MetricException error)
        {
            return new ArmAnswer(HttpStatusCode.BadRequest, JsonBytes.Of(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("code", MetricException.Code);
                writer.WriteString("message", error.Message);
                writer.WriteEndObject();
            }));
        }
    }
}
