using RevisionTools.FaultRuns;

return CommandLine.Run(args, Console.Out);
