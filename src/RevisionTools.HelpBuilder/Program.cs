using RevisionTools.HelpBuilder;

try
{
    HelpRun.Execute(HelpOptions.Parse(args));
    return 0;
}
catch (HelpException exception)
{
    foreach (var message in exception.Messages)
    {
        // The form in which MSBuild recognises an error of a tool.
        Console.Error.WriteLine($"RevisionTools.HelpBuilder : error RTHELP : {message}");
    }

    return 1;
}
