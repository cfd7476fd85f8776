using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Compat.Processes;

/// <summary>Ports on loopback that nobody has. They lie below those that the system hands out, so that none is gone while a process starts again.</summary>
internal sealed class FreePorts
{
    private const int First = 15000;
    private const int AfterLast = 32000;
    private const int MostTries = 1000;
    private readonly HashSet<int> taken = [];

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }

    public int Take()
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var port = RandomNumberGenerator.GetInt32(First, AfterLast);
            if (taken.Add(port) && IsFree(port))
                return port;
        }

        throw Faults.Of($"No free port was found on loopback between {First} and {AfterLast} in {MostTries} tries. Stop what has them.");
    }
}
