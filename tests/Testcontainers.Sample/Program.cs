using Testcontainers.Redis;

// Starts a Redis, says where it is, and never ends by itself.
var redis = new RedisBuilder("redis:7.0").Build();
await redis.StartAsync();
Console.WriteLine(redis.GetConnectionString());
await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
