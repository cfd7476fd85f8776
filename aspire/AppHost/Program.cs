using Exporter.AppHost;

var builder = DistributedApplication.CreateBuilder(args);
var files = OperatorFiles.In(builder.Configuration["AppHost:DataFolder"] ?? "../../.exporter", builder.AppHostDirectory);

var postgres = builder.AddPostgres("postgres-server").WithDataVolume().AddDatabase("postgres", "exporter");
var rabbitmq = builder.AddRabbitMQ("rabbitmq").WithDataVolume();
var redis = builder.AddRedis("redis").WithDataVolume();

var migrations = builder.AddProject<Projects.Migrations>("migrations")
    .WithReference(postgres)
    .WaitFor(postgres);

builder.AddProject<Projects.Ingest>("ingest")
    .WithHttpEndpoint(name: "http", env: "Exporter__HttpPort")
    .WithHttpEndpoint(name: "grpc", env: "Exporter__GrpcPort")
    .WithEndpoint("grpc", endpoint => endpoint.Transport = "http2")
    .WithHttpHealthCheck("/health", endpointName: "http")
    .WithExternalHttpEndpoints()
    .WithReplicas(Replicas("Ingest"))
    .WithReference(postgres).WithReference(rabbitmq).WithReference(redis)
    .WaitFor(rabbitmq).WaitFor(redis).WaitForCompletion(migrations);

var router = builder.AddProject<Projects.Router>("router")
    .WithHttpEndpoint(name: "http", env: "Exporter__HttpPort")
    .WithHttpEndpoint(name: "admin", env: "Exporter__AdminPort")
    .WithEndpoint("admin", endpoint => endpoint.Transport = "http2")
    .WithHttpHealthCheck("/health", endpointName: "http")
    .WithEnvironment("Exporter__AdminTokenFile", files.AdminToken)
    .WithReplicas(Replicas("Router"))
    .WithReference(postgres).WithReference(rabbitmq)
    .WaitFor(rabbitmq).WaitForCompletion(migrations);

var s3Export = builder.AddProject<Projects.S3Export>("s3export")
    .WithHttpEndpoint(name: "http", env: "Exporter__HttpPort")
    .WithHttpHealthCheck("/health", endpointName: "http")
    .WithReplicas(Replicas("S3Export"))
    .WithReference(postgres).WithReference(rabbitmq)
    .WaitFor(rabbitmq).WaitForCompletion(migrations);

builder.AddProject<Projects.GeosubmitExport>("geosubmitexport")
    .WithHttpEndpoint(name: "http", env: "Exporter__HttpPort")
    .WithHttpHealthCheck("/health", endpointName: "http")
    .WithReplicas(Replicas("GeosubmitExport"))
    .WithReference(postgres).WithReference(rabbitmq)
    .WaitFor(rabbitmq).WaitForCompletion(migrations);

// Router tries out where objects go before S3Export brings them there, so both are told of the same places.
foreach (var service in new[] { router, s3Export })
    service.WithEnvironment("Exporter__FileRoots__0", files.Objects);
builder.AddS3Store("s3", files.Store, router, s3Export);

builder.Build().Run();

int Replicas(string service) => int.Parse(builder.Configuration[$"Replicas:{service}"] ?? "1");
