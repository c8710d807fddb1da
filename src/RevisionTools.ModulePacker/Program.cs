using RevisionTools.ModulePacker;

try
{
    PackingRun.Execute(PackingOptions.Parse(args));
    return 0;
}
catch (PackingException exception)
{
    // The form in which MSBuild recognises an error of a tool.
    Console.Error.WriteLine($"RevisionTools.ModulePacker : error RTPACK : {exception.Message}");
    return 1;
}
