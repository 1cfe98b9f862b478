using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text;

namespace Handover.PracticeShell;

/// <summary>
/// The real PowerShell engine behind the prompt that node-powershell drives: lines come on stdin, one is run as soon as it is a whole
/// command, results go to stdout and errors to stderr. What the engine's own package lacks of the Utility module is in Utility.cs.
/// </summary>
internal static class Program
{
    private static async Task Main()
    {
        Console.InputEncoding = Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var state = InitialSessionState.CreateDefault2();
        foreach (var (name, type) in Utility.Cmdlets)
        {
            state.Commands.Add(new SessionStateCmdletEntry(name, type, helpFileName: null));
        }

        using var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        var pending = new StringBuilder();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            pending.AppendLine(line);
            if (!IsWhole(pending.ToString())) continue;
            Run(runspace, pending.ToString());
            pending.Clear();
        }
    }

    private static bool IsWhole(string text)
    {
        Parser.ParseInput(text, out _, out var errors);
        return !errors.Any(error => error.IncompleteInput);
    }

    private static void Run(Runspace runspace, string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        using var shell = PowerShell.Create(runspace);
        shell.AddScript(text);
        try
        {
            foreach (var result in shell.Invoke()) Console.Out.WriteLine(result?.ToString());
            foreach (var error in shell.Streams.Error) Console.Error.WriteLine(error.ToString());
        }
        catch (RuntimeException error)
        {
            Console.Error.WriteLine(error.ErrorRecord.ToString());
        }

        Console.Out.Flush();
        Console.Error.Flush();
    }
}
