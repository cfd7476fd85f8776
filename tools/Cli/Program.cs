using Exporter.Cli;

return await CommandLine.RunAsync(args);
