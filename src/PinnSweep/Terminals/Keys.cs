namespace PinnSweep.Terminals;

/// <summary>Keys as they are pressed, heard on a thread of their own: a terminal that nobody reads from echoes into the picture.</summary>
internal static class Keys
{
    /// <summary>Begins to listen, as long as the process lives; does nothing where no keyboard is.</summary>
    public static void Listen(Action<ConsoleKey> pressed)
    {
        if (Console.IsInputRedirected)
        {
            return;
        }

        var thread = new Thread(() =>
        {
            try
            {
                while (true)
                {
                    pressed(Console.ReadKey(intercept: true).Key);
                }
            }
            catch (Exception gone) when (gone is InvalidOperationException or IOException)
            {
                // The terminal is no more.
            }
        })
        { IsBackground = true, Name = "keys" };
        thread.Start();
    }
}
