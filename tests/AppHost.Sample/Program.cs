// An application as it is written for Aspire: a database, a broker, a cache, a job, services.
var builder = DistributedApplication.CreateBuilder(args);

var secret = builder.AddParameter("api-token", secret: true);
var database = builder.AddPostgres("server").WithDataVolume().AddDatabase("shop");
var cache = builder.AddRedis("cache").WithDataVolume();
var broker = builder.AddRabbitMQ("broker").WithDataVolume();

var migration = builder.AddProject<Projects.AppHost_SampleService>("migration")
    .WithArgs("job", "0")
    .WithReference(database)
    .WaitFor(database);

var stock = builder.AddProject<Projects.AppHost_SampleService>("stock")
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithReference(database)
    .WithReference(broker)
    .WithEnvironment("API_TOKEN", secret)
    .WithReplicas(2)
    .WaitFor(broker)
    .WaitForCompletion(migration);

builder.AddProject<Projects.AppHost_SampleService>("front")
    .WithHttpEndpoint()
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithReference(cache)
    .WithReference(stock)
    .WithEnvironment("GREETING", $"token {secret} of {stock.GetEndpoint("http")}")
    .WaitFor(cache)
    .WaitFor(stock);

builder.Build().Run();
