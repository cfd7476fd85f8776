using Exporter.Bench;

return await CommandLine.RunAsync(args);
